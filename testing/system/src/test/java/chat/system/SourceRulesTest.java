// SPDX-License-Identifier: Apache-2.0
package chat.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files, methods and constructors stay small, and every file names its licence. */
@Tag("quick")
class SourceRulesTest {
  private static final Path ROOT = Path.of("..", "..");
  private static final String LICENSE = "SPDX-License-Identifier: Apache-2.0";

  @Test
  void filesMethodsAndConstructorsStaySmall() throws IOException {
    List<Path> sources = SourceLimits.sources(ROOT);
    assertTrue(sources.size() > 500, "only " + sources.size() + " sources were found");
    SourceLimits limits = SourceLimits.of(sources);
    Frozen.check("files-over-400-lines", limits.files);
    Frozen.check("methods-over-50-lines", limits.methods);
    Frozen.check("constructors-over-7-parameters", limits.constructors);
  }

  @Test
  void everySourceFileNamesItsLicense() throws IOException {
    for (Path file : SourceLimits.sources(ROOT)) {
      String first = Files.readString(file).lines().findFirst().orElse("");
      assertEquals("// " + LICENSE, first, file::toString);
    }
  }

  @Test
  void everyScriptNamesItsLicense() throws IOException {
    for (String script :
        List.of(
            "chatroom",
            ".ci/run",
            "testing/bench/run",
            "testing/reproducible",
            "testing/measure/structure.py")) {
      assertEquals("# " + LICENSE, Files.readAllLines(ROOT.resolve(script)).get(1), () -> script);
    }
  }

  @Test
  void whatIsTooLargeIsFound(@TempDir Path folder) throws IOException {
    String parameters = "int a, int b, int c, int d, int e, int f, int g, int h";
    Path file =
        Files.writeString(
            folder.resolve("Large.java"),
            "class Large {\n  Large("
                + parameters
                + ") {}\n  record Row("
                + parameters
                + ") {}\n  record Fits(int a) { static int b; }\n  void run() {\n"
                + "    run();\n".repeat(SourceLimits.FILE_LINES)
                + "  }\n}\n");
    SourceLimits limits = SourceLimits.of(List.of(file));
    assertEquals(Set.of("Large"), limits.files);
    assertEquals(Set.of("Large.run"), limits.methods);
    assertEquals(Set.of("Large", "Large.Row"), limits.constructors);
  }
}
