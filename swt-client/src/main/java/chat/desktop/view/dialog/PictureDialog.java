// SPDX-License-Identifier: Apache-2.0
package chat.desktop.view.dialog;

import chat.desktop.view.widget.Centre;
import chat.desktop.view.widget.Theme;
import chat.desktop.view.widget.Thumbnails;
import java.nio.file.Path;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.Image;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.graphics.Rectangle;
import org.eclipse.swt.widgets.Shell;

/** A picture by itself, as large as the screen lets it be; a click or Escape closes it. */
public final class PictureDialog {
  private final Shell shell;
  private final Image image;

  private PictureDialog(Shell parent, Theme theme, String name, Image image) {
    this.image = image;
    this.shell = new Shell(parent, SWT.DIALOG_TRIM | SWT.RESIZE);
    shell.setText(name);
    shell.setData("id", "picture");
    shell.setBackground(theme.palette().paper());
    shell.addListener(
        SWT.Paint,
        event -> {
          Rectangle area = shell.getClientArea();
          Rectangle whole = image.getBounds();
          double scale =
              Math.min(
                  1,
                  Math.min((double) area.width / whole.width, (double) area.height / whole.height));
          int width = (int) (whole.width * scale);
          int height = (int) (whole.height * scale);
          event.gc.setInterpolation(SWT.HIGH);
          event.gc.drawImage(
              image,
              0,
              0,
              whole.width,
              whole.height,
              (area.width - width) / 2,
              (area.height - height) / 2,
              width,
              height);
        });
    shell.addListener(SWT.Resize, _ -> shell.redraw());
    shell.addListener(SWT.MouseDown, _ -> shell.close());
    shell.addListener(SWT.Dispose, _ -> image.dispose());
  }

  /** Opens as soon as the picture has been read. */
  public static void open(
      Shell parent, Theme theme, Thumbnails thumbnails, String name, Path file) {
    Rectangle screen = parent.getMonitor().getClientArea();
    Point most = new Point(screen.width * 9 / 10, screen.height * 8 / 10);
    thumbnails.load(
        file,
        most,
        data -> {
          if (!parent.isDisposed() && data.isPresent()) {
            Image image = new Image(parent.getDisplay(), data.get());
            new PictureDialog(parent, theme, name, image).open();
          }
        });
  }

  private void open() {
    Rectangle size = image.getBounds();
    Rectangle trim = shell.computeTrim(0, 0, Math.max(240, size.width), Math.max(160, size.height));
    shell.setSize(trim.width, trim.height);
    Centre.on(shell);
    shell.open();
  }
}
