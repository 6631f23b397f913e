// SPDX-License-Identifier: Apache-2.0
package chat.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** The sources of a bundle, changed at fault points. */
final class FaultySource {
  /** A change of the code that is marked by a fault point. */
  record Edit(FaultPoint point, UnaryOperator<String> change) {
    /** Inserts code in front of what is marked. */
    static Edit before(FaultPoint point, String code) {
      return around(point, code, "");
    }

    /** Inserts code behind what is marked. */
    static Edit after(FaultPoint point, String code) {
      return around(point, "", code);
    }

    /** Puts what is marked between two pieces of code. */
    static Edit around(FaultPoint point, String before, String after) {
      return new Edit(point, marked -> before + " " + marked + " " + after);
    }

    /** Removes the statement that is marked. */
    static Edit without(FaultPoint point) {
      return new Edit(point, marked -> "");
    }

    /** Replaces a piece that occurs once in what is marked. */
    static Edit within(FaultPoint point, String piece, String replacement) {
      return new Edit(
          point,
          marked -> {
            assertEquals(1, occurrences(marked, piece), () -> point + " marks: " + marked);
            return marked.replace(piece, replacement);
          });
    }

    @Override
    public String toString() {
      return point.toString();
    }
  }

  private record Span(int start, int end) {}

  private final Path root;
  private final Map<Path, String> changed = new HashMap<>();

  /**
   * @param root the folder of the sources
   */
  FaultySource(Path root) {
    this.root = root;
  }

  /** The changed files by their names below the root. */
  Map<Path, String> changed() {
    return changed;
  }

  void apply(Edit edit) throws IOException {
    Path file = marked(edit.point());
    String source = text(file);
    Matcher mark = line(edit.point()).matcher(source);
    assertTrue(mark.find());
    Span span = after(source, mark.end());
    changed.put(
        root.relativize(file),
        source.substring(0, span.start())
            + edit.change().apply(source.substring(span.start(), span.end()))
            + source.substring(span.end()));
  }

  private String text(Path file) throws IOException {
    String before = changed.get(root.relativize(file));
    return before == null ? Files.readString(file) : before;
  }

  /** The one file that has this mark, once. */
  private Path marked(FaultPoint point) throws IOException {
    Pattern mark = line(point);
    try (Stream<Path> files = Files.walk(root)) {
      List<Path> all = files.filter(file -> file.toString().endsWith(".java")).toList();
      Path found = null;
      long count = 0;
      for (Path file : all) {
        long here = mark.matcher(Files.readString(file)).results().count();
        count += here;
        found = here > 0 ? file : found;
      }
      assertEquals(1, count, "marks " + point.mark() + " in " + root);
      return found;
    }
  }

  private static Pattern line(FaultPoint point) {
    return Pattern.compile("^ *" + Pattern.quote(point.mark()) + "$", Pattern.MULTILINE);
  }

  /** The largest piece of code that begins where the code behind this position begins. */
  private static Span after(String source, int position) throws IOException {
    Path file = Files.createTempFile("marked", ".java");
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
      Files.writeString(file, source);
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  null,
                  manager,
                  null,
                  List.of("-proc:none"),
                  null,
                  manager.getJavaFileObjectsFromPaths(List.of(file)));
      CompilationUnitTree unit = task.parse().iterator().next();
      First first = new First(unit, Trees.instance(task).getSourcePositions(), position);
      first.scan(unit, null);
      assertTrue(first.start < Integer.MAX_VALUE, "nothing follows the mark");
      return new Span(first.start, first.end);
    } finally {
      Files.delete(file);
    }
  }

  private static final class First extends TreeScanner<Void, Void> {
    private final CompilationUnitTree unit;
    private final SourcePositions positions;
    private final int position;
    private int start = Integer.MAX_VALUE;
    private int end;

    First(CompilationUnitTree unit, SourcePositions positions, int position) {
      this.unit = unit;
      this.positions = positions;
      this.position = position;
    }

    @Override
    public Void scan(Tree tree, Void nothing) {
      if (tree != null) {
        int from = (int) positions.getStartPosition(unit, tree);
        int to = (int) positions.getEndPosition(unit, tree);
        if (from >= position && to > from && (from < start || (from == start && to > end))) {
          start = from;
          end = to;
        }
      }
      return super.scan(tree, nothing);
    }
  }

  private static int occurrences(String text, String piece) {
    return text.split(Pattern.quote(piece), -1).length - 1;
  }
}
