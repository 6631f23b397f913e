// SPDX-License-Identifier: Apache-2.0
package chat.desktop.ui;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.StyledText;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Display;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.Menu;
import org.eclipse.swt.widgets.MenuItem;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.swt.widgets.Text;
import org.eclipse.swt.widgets.Widget;

/** Finds widgets by their ids. To be called in the thread of the Display. */
public final class Widgets {

  private Widgets() {}

  /** All controls below one, itself first. */
  public static Stream<Control> all(Control control) {
    Stream<Control> below =
        control instanceof Composite composite
            ? Arrays.stream(composite.getChildren()).flatMap(Widgets::all)
            : Stream.empty();
    return Stream.concat(Stream.of(control), below);
  }

  public static Optional<Control> look(Shell shell, String id) {
    return shell.isDisposed()
        ? Optional.empty()
        : all(shell).filter(control -> id.equals(control.getData("id"))).findFirst();
  }

  public static Control find(Shell shell, String id) {
    return look(shell, id).orElseThrow(() -> new AssertionError("no widget " + id));
  }

  public static Optional<Shell> shell(Display display, String id) {
    return Arrays.stream(display.getShells())
        .flatMap(shell -> Stream.concat(Stream.of(shell), Arrays.stream(shell.getShells())))
        .filter(shell -> id.equals(shell.getData("id")))
        .findFirst();
  }

  /** A text field of any window. */
  public static Text text(Display display, String id) {
    return Arrays.stream(display.getShells())
        .flatMap(shell -> Stream.concat(Stream.of(shell), Arrays.stream(shell.getShells())))
        .flatMap(shell -> look(shell, id).stream())
        .map(Text.class::cast)
        .findFirst()
        .orElseThrow(() -> new AssertionError("no text " + id));
  }

  /** Where messages are written. */
  static StyledText compose(Shell shell) {
    return (StyledText) find(shell, "compose");
  }

  /** Presses a button. */
  public static void send(Control button) {
    if (!button.isEnabled()) {
      throw new AssertionError("disabled: " + button.getData("id"));
    }
    button.notifyListeners(SWT.Selection, new Event());
  }

  /** Chooses an item of the menu bar. */
  public static void menu(Shell shell, String id) {
    item(shell, id).notifyListeners(SWT.Selection, new Event());
  }

  /** Whether an item of the menu bar can be chosen when its menu is open. */
  public static boolean isEnabled(Shell shell, String id) {
    MenuItem item = item(shell, id);
    item.getParent().notifyListeners(SWT.Show, new Event());
    boolean enabled = item.getEnabled();
    item.getParent().notifyListeners(SWT.Hide, new Event());
    return enabled;
  }

  private static MenuItem item(Shell shell, String id) {
    return items(shell.getMenuBar())
        .filter(i -> id.equals(i.getData("id")))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no menu item " + id));
  }

  /** A click of the left button at a place of a control. */
  public static void click(Control control, int x, int y) {
    for (int type : new int[] {SWT.MouseMove, SWT.MouseDown, SWT.MouseUp}) {
      Event event = new Event();
      event.x = x;
      event.y = y;
      event.button = type == SWT.MouseMove ? 0 : 1;
      control.notifyListeners(type, event);
    }
  }

  /** Presses a key while a control has the focus. */
  public static void key(Widget widget, int keyCode, char character, int stateMask) {
    Event event = new Event();
    event.keyCode = keyCode;
    event.character = character;
    event.stateMask = stateMask;
    widget.notifyListeners(SWT.KeyDown, event);
  }

  private static Stream<MenuItem> items(Menu menu) {
    return Arrays.stream(menu.getItems())
        .flatMap(item ->
            item.getMenu() == null
                ? Stream.of(item)
                : Stream.concat(Stream.of(item), items(item.getMenu())));
  }
}
