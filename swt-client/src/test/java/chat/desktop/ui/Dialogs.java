// SPDX-License-Identifier: Apache-2.0
package chat.desktop.ui;

import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.swt.widgets.Text;

/** The dialogs that are open, by their ids, as a test sees and uses them. */
public final class Dialogs {
  private Dialogs() {}

  public static void awaitOpen(String dialog) {
    Ui.await(dialog, () -> Widgets.shell(Ui.display(), dialog).isPresent());
  }

  public static void awaitClosed(String dialog) {
    Ui.await(dialog + " closes", () -> Widgets.shell(Ui.display(), dialog).isEmpty());
  }

  /** A part of a dialog; on the thread of the windows. */
  public static Control in(String dialog, String id) {
    Shell shell = Widgets.shell(Ui.display(), dialog).orElseThrow();
    return Widgets.find(shell, id);
  }

  public static void press(String dialog, String id) {
    awaitOpen(dialog);
    Ui.run(() -> Widgets.send(in(dialog, id)));
  }

  /** What a label says; on the thread of the windows. */
  public static String said(String dialog, String id) {
    return ((Label) in(dialog, id)).getText();
  }

  public static String text(String dialog, String id) {
    return Ui.ask(() -> ((Text) in(dialog, id)).getText());
  }

  public static void type(String dialog, String id, String text) {
    Ui.run(() -> ((Text) in(dialog, id)).setText(text));
  }
}
