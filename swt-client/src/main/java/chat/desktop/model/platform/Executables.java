// SPDX-License-Identifier: Apache-2.0
package chat.desktop.model.platform;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Whether opening a file means to run what somebody else wrote: by the end of its name, which the
 * system goes by, and by its first bytes, which tell the truth.
 */
public final class Executables {
  private static final Set<String> ENDINGS =
      Set.of(
          // Windows
          ("ade adp appinstaller application appref-ms appx appxbundle bat chm cmd com cpl diagcab"
                  + " dll drv exe gadget hta inf ins iso img isp jnlp js jse lnk mde msc msh msi"
                  + " msix msixbundle msp mst ocx pif ps1 ps1xml ps2 psc1 psd1 psm1 reg scf scr sct"
                  + " search-ms settingcontent-ms shb shs sys theme url vb vbe vbs vhd vhdx vxd wsc"
                  + " wsf wsh xbap xll"
                  // macOS
                  + " action app applescript command dmg fileloc inetloc mpkg pkg prefpane scpt"
                  + " scptd terminal tool webloc workflow"
                  // Linux, and what runs everywhere
                  + " appimage bash csh deb desktop fish flatpak flatpakref ksh out rpm run service"
                  + " sh snap so zsh class ear jar war bin elf lua php pl pm py pyc pyo pyw pyz pyzw"
                  + " rb tcl docm dotm pptm potm ppam ppsm sldm xlam xlsm xltm xlsb")
              .split(" "));

  /** MZ, #!, ELF, Mach-O of each kind (fat ones begin as Java classes do), a Windows shortcut. */
  private static final List<String> HEADS =
      List.of(
          "4d5a",
          "2321",
          "7f454c46",
          "feedface",
          "feedfacf",
          "cefaedfe",
          "cffaedfe",
          "cafebabe",
          "4c0000000114020000000000c000000000000046",
          "efbbbf2321");

  private static final int HEAD = 512;
  private static final List<String> FIRST_WORDS = List.of("[desktop entry]", "[internetshortcut]");

  private Executables() {}

  public static boolean matches(Path file) {
    String name = file.toString().toLowerCase(Locale.ROOT).replaceAll("[.\\s]+$", "");
    return ENDINGS.contains(name.substring(name.lastIndexOf('.') + 1)) || runs(file);
  }

  private static boolean runs(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] head = in.readNBytes(HEAD);
      String hex = HexFormat.of().formatHex(head);
      String text = new String(head, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
      return HEADS.stream().anyMatch(hex::startsWith)
          || FIRST_WORDS.stream().anyMatch(text::contains)
          || holdsClasses(head);
    } catch (IOException e) {
      // What can't be read can't be run either; the system says why.
      return false;
    }
  }

  /** A jar is a ZIP file that begins with its manifest. */
  private static boolean holdsClasses(byte[] head) {
    return head.length > 4
        && head[0] == 'P'
        && head[1] == 'K'
        && new String(head, StandardCharsets.ISO_8859_1).contains("META-INF/");
  }
}
