// SPDX-License-Identifier: Apache-2.0
package chat.desktop.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class PluginFileTest {
  private static final int MEGABYTE = 1 << 20;

  @TempDir Path folder;

  private static Trouble.Kind refused(Path file) {
    return assertThrows(PluginException.class, () -> PluginFile.read(file)).trouble().kind();
  }

  @Test
  void aPluginTellsWhatItIsAndClaims() throws Exception {
    PluginFile file =
        PluginFile.read(
            new PluginJar("org.example.todo")
                .header("Bundle-Name", "To do\u202e")
                .header("Chat-Rights", "reads-messages, network")
                .part(
                    "public String name() { return \"a\"; }"
                        + "public String expand(String a) { return a; }",
                    "SlashCommand")
                .in(folder));
    assertEquals("org.example.todo", file.id());
    assertEquals("To do ", file.name());
    assertEquals("1.0.0", file.version());
    assertEquals(Set.of(Right.READS_MESSAGES, Right.NETWORK), file.rights());
    assertEquals(Set.of("plug.Part"), file.classes());
  }

  @Test
  void whatIsNoPluginIsRefused() throws Exception {
    Path text = Files.writeString(folder.resolve("text.jar"), "no jar");
    assertEquals(Trouble.Kind.NOT_A_PLUGIN, refused(text));
    assertEquals(
        Trouble.Kind.NOT_A_PLUGIN,
        refused(new PluginJar("a").header("Import-Package", "java.util").in(folder)));
    assertEquals(
        Trouble.Kind.NOT_A_PLUGIN,
        refused(new PluginJar("b").header("Fragment-Host", "system.bundle").in(folder)));
    assertEquals(
        Trouble.Kind.NOT_A_PLUGIN,
        refused(new PluginJar("c").header("Bundle-SymbolicName", "../../evil").in(folder)));
    assertEquals(Trouble.Kind.UNREADABLE, refused(folder.resolve("missing.jar")));
    assertEquals(
        Trouble.Kind.UNKNOWN_RIGHT,
        refused(new PluginJar("d").header("Chat-Rights", "everything").in(folder)));
  }

  @Test
  void whatUnpacksToTooMuchIsRefused() throws Exception {
    PluginJar bomb = new PluginJar("bomb");
    for (int i = 0; i < 11; i++) {
      bomb.file("zeros" + i, new byte[10 * MEGABYTE]);
    }
    Path jar = bomb.in(folder);
    assertTrue(Files.size(jar) < MEGABYTE);
    assertEquals(Trouble.Kind.TOO_LARGE, refused(jar));
    byte[] noise = new byte[21 * MEGABYTE];
    new java.util.Random(1).nextBytes(noise);
    assertEquals(
        Trouble.Kind.TOO_LARGE, refused(new PluginJar("large").file("noise", noise).in(folder)));
  }

  @Test
  void whatIsInstalledIsRememberedAndRemoved() throws Exception {
    PluginFolder plugins = new PluginFolder(folder.resolve("plugins"));
    assertEquals(List.of(), plugins.all());
    PluginFile file = PluginFile.read(new PluginJar("a").header("Chat-Rights", "files").in(folder));
    assertEquals(
        Trouble.Kind.WANTS_MORE,
        assertThrows(PluginException.class, () -> plugins.install(file, Set.of(), ""))
            .trouble()
            .kind());
    assertEquals(List.of(), plugins.all());
    InstalledPlugin plugin = plugins.install(file, Set.of(Right.FILES), "https://example.org/a");
    assertEquals(List.of(plugin), plugins.all());
    plugins.trouble("a", new Trouble(Trouble.Kind.THREW, "at noon"));
    assertEquals(
        Optional.of(new Trouble(Trouble.Kind.THREW, "at noon")),
        plugins.all().getFirst().trouble());
    plugins.enable("a", false);
    assertEquals(Optional.empty(), plugins.all().getFirst().trouble());
    assertTrue(!plugins.all().getFirst().enabled());
    assertTrue(plugins.remove("a"));
    assertEquals(List.of(), plugins.all());
    assertTrue(!Files.exists(folder.resolve("plugins/a")));
    assertTrue(!plugins.remove("a"));
  }

  @Test
  void aJarThatOnlyLiesThereIsNoPlugin() throws Exception {
    new PluginJar("a").in(folder.resolve("plugins"));
    new PluginJar("a").in(folder.resolve("plugins/a"));
    assertEquals(List.of(), new PluginFolder(folder.resolve("plugins")).all());
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void nobodyElseCanReadThem() throws Exception {
    PluginFile file = PluginFile.read(new PluginJar("a").in(folder));
    Path root = folder.resolve("plugins");
    Files.createDirectories(
        root, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxrwxrwx")));
    new PluginFolder(root).install(file, Set.of(), "");
    for (String each : List.of("", "a", "a/plugin.jar", "a/plugin.properties")) {
      String allowed =
          PosixFilePermissions.toString(Files.getPosixFilePermissions(root.resolve(each)));
      assertTrue(allowed.endsWith("------"), each + " " + allowed);
    }
  }

  @Test
  void whatAPluginRemembersStaysAndIsBounded() throws IOException {
    Path file = folder.resolve("settings.properties");
    FileSettings settings = new FileSettings(file);
    settings.put("key", "wörld");
    settings.put("gone", "x");
    settings.remove("gone");
    FileSettings again = new FileSettings(file);
    assertEquals(Optional.of("wörld"), again.get("key"));
    assertEquals(Optional.empty(), again.get("gone"));
    char[] much = new char[FileSettings.LIMIT];
    Arrays.fill(much, 'x');
    assertThrows(IllegalArgumentException.class, () -> again.put("much", new String(much)));
    assertEquals(Optional.of("wörld"), again.get("key"));
  }
}
