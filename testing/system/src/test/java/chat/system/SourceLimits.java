// SPDX-License-Identifier: Apache-2.0
package chat.system;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LineMap;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * Measures the sources by the compiler's own syntax tree. Findings name simple class names and no
 * packages, so a move changes none.
 */
final class SourceLimits {
  static final int FILE_LINES = 400;
  static final int METHOD_LINES = 50;
  static final int CONSTRUCTOR_PARAMETERS = 7;

  /** Files that are too long. */
  final TreeSet<String> files = new TreeSet<>();

  /** Methods that are too long. */
  final TreeSet<String> methods = new TreeSet<>();

  /** Constructors and records that have too many parameters. */
  final TreeSet<String> constructors = new TreeSet<>();

  /** All Java sources of the tree, tests included. */
  static List<Path> sources(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .filter(file -> root.relativize(file).toString().replace('\\', '/').contains("src/"))
          .filter(file -> !file.toString().replace('\\', '/').contains("/target/"))
          .sorted()
          .toList();
    }
  }

  static SourceLimits of(List<Path> sources) throws IOException {
    SourceLimits limits = new SourceLimits();
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  null,
                  manager,
                  null,
                  List.of("-proc:none"),
                  null,
                  manager.getJavaFileObjectsFromPaths(sources));
      SourcePositions positions = Trees.instance(task).getSourcePositions();
      for (CompilationUnitTree unit : task.parse()) {
        String name = Path.of(unit.getSourceFile().toUri()).getFileName().toString();
        if (unit.getSourceFile().getCharContent(true).toString().lines().count() > FILE_LINES) {
          limits.files.add(name.replace(".java", ""));
        }
        limits.new Scan(unit, positions).scan(unit, null);
      }
    }
    return limits;
  }

  private final class Scan extends TreeScanner<Void, Void> {
    private final CompilationUnitTree unit;
    private final SourcePositions positions;
    private final Deque<String> classes = new ArrayDeque<>();

    Scan(CompilationUnitTree unit, SourcePositions positions) {
      this.unit = unit;
      this.positions = positions;
    }

    @Override
    public Void visitClass(ClassTree tree, Void nothing) {
      classes.addLast(tree.getSimpleName().isEmpty() ? "anonymous" : tree.getSimpleName() + "");
      if (tree.getKind() == Tree.Kind.RECORD && components(tree) > CONSTRUCTOR_PARAMETERS) {
        constructors.add(name());
      }
      super.visitClass(tree, nothing);
      classes.removeLast();
      return nothing;
    }

    @Override
    public Void visitMethod(MethodTree tree, Void nothing) {
      if (lines(tree) > METHOD_LINES) {
        methods.add(name() + "." + tree.getName());
      }
      if (tree.getName().contentEquals("<init>")
          && tree.getParameters().size() > CONSTRUCTOR_PARAMETERS) {
        constructors.add(name());
      }
      return super.visitMethod(tree, nothing);
    }

    private String name() {
      return String.join(".", classes);
    }

    private static long components(ClassTree tree) {
      return tree.getMembers().stream()
          .filter(VariableTree.class::isInstance)
          .map(VariableTree.class::cast)
          .filter(field -> !field.getModifiers().getFlags().contains(Modifier.STATIC))
          .count();
    }

    private long lines(Tree tree) {
      LineMap lines = unit.getLineMap();
      return lines.getLineNumber(positions.getEndPosition(unit, tree))
          - lines.getLineNumber(positions.getStartPosition(unit, tree))
          + 1;
    }
  }
}
