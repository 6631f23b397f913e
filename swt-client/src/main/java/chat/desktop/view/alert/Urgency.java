// SPDX-License-Identifier: Apache-2.0
package chat.desktop.view.alert;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Shell;

/**
 * Asks the window manager to point at a window without bringing it to the front. SWT has no words
 * for it, so GTK and Windows are asked themselves; on macOS the badge has to do.
 */
final class Urgency {
  private static final System.Logger LOG = System.getLogger(Urgency.class.getName());

  private Urgency() {}

  static void set(Shell shell, boolean urgent) {
    try {
      switch (SWT.getPlatform()) {
        case "gtk" -> gtk(handle(shell), urgent);
        case "win32" -> windows(handle(shell), urgent);
        default -> {}
      }
    } catch (Throwable e) {
      LOG.log(System.Logger.Level.DEBUG, "The window can't point at itself", e);
    }
  }

  /** By reflection: each platform's SWT has it, but macOS under another name. */
  private static MemorySegment handle(Shell shell) throws ReflectiveOperationException {
    for (Class<?> type = Control.class; type != null; type = type.getSuperclass()) {
      for (var field : type.getDeclaredFields()) {
        if (field.getName().equals("handle")) {
          return MemorySegment.ofAddress(field.getLong(shell));
        }
      }
    }
    throw new NoSuchFieldException("handle");
  }

  @SuppressWarnings("restricted") // The client starts with --enable-native-access.
  private static void gtk(MemorySegment widget, boolean urgent) throws Throwable {
    try (Arena arena = Arena.ofConfined()) {
      SymbolLookup gtk = SymbolLookup.libraryLookup("libgtk-3.so.0", arena);
      Linker linker = Linker.nativeLinker();
      var toplevel =
          linker.downcallHandle(
              gtk.findOrThrow("gtk_widget_get_toplevel"),
              FunctionDescriptor.of(ValueLayout.ADDRESS, ValueLayout.ADDRESS));
      var hint =
          linker.downcallHandle(
              gtk.findOrThrow("gtk_window_set_urgency_hint"),
              FunctionDescriptor.ofVoid(ValueLayout.ADDRESS, ValueLayout.JAVA_INT));
      MemorySegment window = (MemorySegment) toplevel.invokeExact(widget);
      hint.invokeExact(window, urgent ? 1 : 0);
    }
  }

  @SuppressWarnings("restricted") // As above.
  private static void windows(MemorySegment window, boolean urgent) throws Throwable {
    if (!urgent) {
      return; // Windows stops by itself when the window comes to the front.
    }
    try (Arena arena = Arena.ofConfined()) {
      var flash =
          Linker.nativeLinker()
              .downcallHandle(
                  SymbolLookup.libraryLookup("user32.dll", arena).findOrThrow("FlashWindow"),
                  FunctionDescriptor.of(
                      ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_INT));
      int unused = (int) flash.invokeExact(window, 1);
    }
  }
}
