// SPDX-License-Identifier: Apache-2.0
package chat.desktop;

import chat.desktop.model.platform.ThemeChoice;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import org.eclipse.swt.SWT;

/** Prepares the toolkit before the first Display exists: later it would be half done. */
final class Gtk {

  private Gtk() {}

  /** Makes the system's controls light or dark; without a choice they are as the system says. */
  static void theme(ThemeChoice choice) {
    if (!SWT.getPlatform().equals("gtk")) {
      return;
    }
    switch (choice) {
      case SYSTEM -> {}
      case LIGHT -> environment("GTK_THEME", "Adwaita:light");
      case DARK -> environment("GTK_THEME", "Adwaita:dark");
    }
  }

  /** Sets a variable where native code looks for it; Java's own copy can't be changed. */
  @SuppressWarnings("restricted") // The client starts with --enable-native-access.
  private static void environment(String name, String value) {
    Linker linker = Linker.nativeLinker();
    try (Arena arena = Arena.ofConfined()) {
      var setenv =
          linker.downcallHandle(
              linker.defaultLookup().findOrThrow("setenv"),
              FunctionDescriptor.of(
                  ValueLayout.JAVA_INT,
                  ValueLayout.ADDRESS,
                  ValueLayout.ADDRESS,
                  ValueLayout.JAVA_INT));
      int unused = (int) setenv.invokeExact(arena.allocateFrom(name), arena.allocateFrom(value), 1);
    } catch (Throwable e) {
      throw new IllegalStateException("setenv", e);
    }
  }
}
