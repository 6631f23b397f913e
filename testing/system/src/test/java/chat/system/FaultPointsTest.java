// SPDX-License-Identifier: Apache-2.0
package chat.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.system.FaultySource.Edit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.AssertionFailedError;

/** The marks in the sources and the faults that tests plant at them belong together. */
@Tag("quick")
class FaultPointsTest {
  private static final Pattern MARK = Pattern.compile("// *fault-point: *(\\S*)");

  @TempDir Path folder;

  @Test
  void eachMarkIsAFaultPointAndEachFaultPointIsMarkedOnce() throws IOException {
    List<String> marks = new ArrayList<>();
    for (Path file : sources(Path.of("..", "..", "bundles"))) {
      Matcher matcher = MARK.matcher(Files.readString(file));
      while (matcher.find()) {
        marks.add(matcher.group(1));
      }
    }
    marks.sort(null);
    assertEquals(
        Arrays.stream(FaultPoint.values()).map(FaultPoint::toString).sorted().toList(), marks);
  }

  @Test
  void eachFaultPointIsUsed() throws IOException {
    StringBuilder tests = new StringBuilder();
    for (Path file : sources(Path.of("src/test/java"))) {
      if (!file.endsWith("FaultPoint.java")) {
        tests.append(Files.readString(file));
      }
    }
    for (FaultPoint point : FaultPoint.values()) {
      assertTrue(
          Pattern.compile("\\b" + point.name() + "\\b").matcher(tests).find(),
          () -> "no test plants a fault at " + point);
    }
  }

  @Test
  void whatIsMarkedIsTheWholeStatementMemberOrArgument() throws IOException {
    source(
        """
        // fault-point: feed-gap-limit
        static final long LIMIT =
            10;
        void run() {
          // fault-point: store-begin
          call(1)
              .then();
          call(
              // fault-point: store-entry-index
              "a b",
              2);
        }
        """);
    assertEquals("static final long LIMIT =\n    10;", marked(FaultPoint.FEED_GAP_LIMIT));
    assertEquals("call(1)\n      .then();", marked(FaultPoint.STORE_BEGIN));
    assertEquals("\"a b\"", marked(FaultPoint.STORE_ENTRY_INDEX));
  }

  @Test
  void aMarkThatIsMissingOrNotUniqueIsToldByItsName() throws IOException {
    source("// fault-point: store-begin\nint a;\n// fault-point: store-begin\nint b;\n");
    for (FaultPoint point : List.of(FaultPoint.STORE_BEGIN, FaultPoint.STORE_COMMIT)) {
      AssertionFailedError error = assertThrows(AssertionFailedError.class, () -> marked(point));
      assertTrue(error.getMessage().contains(point.toString()), error.getMessage());
    }
  }

  private void source(String members) throws IOException {
    Path file = folder.resolve("chat/any/Deep.java");
    Files.createDirectories(file.getParent());
    Files.writeString(file, "package chat.any;\nclass Deep {\n" + members + "}\n");
  }

  private String marked(FaultPoint point) throws IOException {
    List<String> found = new ArrayList<>();
    new FaultySource(folder)
        .apply(
            new Edit(
                point,
                marked -> {
                  found.add(marked);
                  return marked;
                }));
    return found.getFirst();
  }

  private static List<Path> sources(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .filter(file -> !file.toString().contains("/target/"))
          .toList();
    }
  }
}
