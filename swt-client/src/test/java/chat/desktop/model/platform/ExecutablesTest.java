// SPDX-License-Identifier: Apache-2.0
package chat.desktop.model.platform;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExecutablesTest {
  @TempDir Path folder;

  private Path file(String name, String content) throws IOException {
    return Files.write(folder.resolve(name), content.getBytes(StandardCharsets.ISO_8859_1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a.exe",
        "a.EXE",
        "a.txt.exe",
        "a.bat",
        "a.cmd",
        "a.com",
        "a.msi",
        "a.ps1",
        "a.vbs",
        "a.js",
        "a.jar",
        "a.desktop",
        "a.sh",
        "a.app",
        "a.lnk",
        "a.scr",
        "a.py",
        "a.hta",
        "a.exe. ",
        "a.docm",
        "a.AppImage"
      })
  void theEndOfTheNameTells(String name) throws IOException {
    assertTrue(Executables.matches(file(name, "anything")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\u007fELF\u0002\u0001",
        "MZ\u0090\u0000",
        "#!/bin/sh\n",
        "\u00cf\u00fa\u00ed\u00fe",
        "\u00ca\u00fe\u00ba\u00be",
        "# a remark\n[Desktop Entry]\nExec=sh\n"
      })
  void theFirstBytesTellWhateverTheName(String content) throws IOException {
    assertTrue(Executables.matches(file("holiday.jpg", content)));
  }

  @Test
  void aJarUnderAnotherNameIsOne() throws IOException {
    Path file = folder.resolve("report.pdf");
    new JarOutputStream(Files.newOutputStream(file), new Manifest()).close();
    assertTrue(Executables.matches(file));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.txt", "a.png", "a.pdf", "a.docx", "exe", "a", "a.exe.txt", "a.zip"})
  void whatIsReadOnlyIsNone(String name) throws IOException {
    assertFalse(Executables.matches(file(name, "PK and #! in the middle")));
  }
}
