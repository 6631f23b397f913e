// SPDX-License-Identifier: Apache-2.0
package chat.system;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Documents name files and types that there are. */
@Tag("quick")
class DocumentsTest {
  private static final Path TREE = Path.of("..", "..").toAbsolutePath().normalize();
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)(#[^)]*)?\\)");
  private static final Pattern TYPE =
      Pattern.compile("`([A-Z][A-Za-z]+)(?:\\.(\\w+))?(?:\\(\\))?`");

  private static final Pattern KEY =
      Pattern.compile(
          "(?m)^ {2,4}(?:String|int|long|boolean)(?:\\[])? (\\w+)\\(\\)( default .*)?;");

  private static final Pattern NOT_SHIPPED = Pattern.compile("/examples/|/chat.storage.memory/");

  private static List<Path> files(String... endings) throws IOException {
    try (Stream<Path> all = Files.walk(TREE)) {
      return all.filter(path -> !path.toString().contains("/target/"))
          .filter(path -> !path.toString().contains("/.git/"))
          .filter(path -> Stream.of(endings).anyMatch(path.toString()::endsWith))
          .toList();
    }
  }

  @Test
  void everyLinkOfADocumentLeadsToAFile() throws IOException {
    Set<String> broken = new TreeSet<>();
    for (Path document : files(".md")) {
      Matcher link = LINK.matcher(Files.readString(document));
      while (link.find()) {
        if (!Files.exists(document.resolveSibling(link.group(1).strip()))) {
          broken.add(TREE.relativize(document) + ": " + link.group(1));
        }
      }
    }
    assertEquals(Set.of(), broken);
  }

  @Test
  void everyTypeAndMethodOfTheArchitectureIsInTheCode() throws IOException {
    String sources =
        files(".java").stream()
            .filter(path -> !path.endsWith("DocumentsTest.java"))
            .map(DocumentsTest::read)
            .collect(Collectors.joining("\n"));
    Set<String> unknown = new TreeSet<>();
    Matcher type = TYPE.matcher(read(TREE.resolve("docs/architecture.md")));
    while (type.find()) {
      boolean declared =
          Pattern.compile("(class|interface|record|enum) " + type.group(1) + "\\b")
              .matcher(sources)
              .find();
      boolean member =
          type.group(2) == null
              || Pattern.compile("\\b" + type.group(2) + "\\(").matcher(sources).find();
      if (!declared || !member) {
        unknown.add(type.group());
      }
    }
    assertEquals(Set.of(), unknown);
  }

  @Test
  void everyConfigurationKeyIsExplainedToOperators() throws IOException {
    String manual = read(TREE.resolve("docs/operate.md"));
    Set<String> missing = new TreeSet<>();
    for (Path source : files("Config.java", "Storage.java")) {
      String text = read(source);
      if (!text.contains("@ObjectClassDefinition")
          || NOT_SHIPPED.matcher(source.toString()).find()) {
        continue;
      }
      Matcher key = KEY.matcher(text);
      while (key.find()) {
        if (!manual.contains("`" + key.group(1) + "`")) {
          missing.add(source.getFileName() + ": " + key.group(1));
        }
      }
    }
    assertEquals(Set.of(), missing);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
