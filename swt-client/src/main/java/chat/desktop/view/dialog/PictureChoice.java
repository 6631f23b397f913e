// SPDX-License-Identifier: Apache-2.0
package chat.desktop.view.dialog;

import chat.desktop.model.app.ChatModel;
import chat.desktop.model.platform.DesktopIntegration;
import chat.desktop.view.widget.FormDialog;
import chat.desktop.view.widget.Portrait;
import chat.desktop.view.widget.Theme;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Image;
import org.eclipse.swt.graphics.ImageData;
import org.eclipse.swt.graphics.Rectangle;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.layout.GridLayout;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Canvas;
import org.eclipse.swt.widgets.Composite;
import org.jspecify.annotations.Nullable;

/**
 * The picture of somebody or of a room in a form: shows the one there is, or the one there will be,
 * and changes it. Files are read outside the thread of the windows.
 */
final class PictureChoice {
  private static final int SIDE = 64;

  private final FormDialog form;
  private final Theme theme;
  private final ChatModel model;
  private final DesktopIntegration integration;
  private final Portrait.Shape shape;
  private final Canvas canvas;
  private final Button remove;
  private Choice choice = new Choice.Keep();

  /** What becomes of the picture. */
  private sealed interface Choice {
    record Keep() implements Choice {}

    record Remove() implements Choice {}

    record Take(byte[] bytes, @Nullable Image image) implements Choice {}
  }

  /** How it looks before anything was chosen. */
  interface Present {
    /**
     * Paints it into a square.
     *
     * @param pictured false to paint it as without a picture
     */
    void paint(GC gc, int side, boolean pictured);
  }

  /**
   * Adds the line to a form.
   *
   * @param pictured whether there is a picture now
   */
  PictureChoice(
      FormDialog form,
      Theme theme,
      ChatModel model,
      DesktopIntegration integration,
      Portrait.Shape shape,
      boolean pictured,
      Present present) {
    this.form = form;
    this.theme = theme;
    this.model = model;
    this.integration = integration;
    this.shape = shape;
    Composite line = form.line("picture.name");
    line.setLayout(layout());
    canvas = new Canvas(line, SWT.DOUBLE_BUFFERED);
    canvas.setData("id", "picture.shown");
    GridData square = new GridData(SWT.BEGINNING, SWT.CENTER, false, false, 1, 2);
    square.widthHint = SIDE + 1;
    square.heightHint = SIDE + 1;
    canvas.setLayoutData(square);
    canvas.addListener(SWT.Paint, event -> paint(event.gc, present));
    canvas.addListener(SWT.Dispose, _ -> letGo());
    button(line, "picture.choose", this::choose);
    remove = button(line, "picture.remove", () -> remove(pictured));
    removable(pictured);
  }

  /** Where there is no picture, nothing is left to be done. */
  private void remove(boolean pictured) {
    become(pictured ? new Choice.Remove() : new Choice.Keep());
    removable(false);
    form.note(theme.text("picture.removed"));
  }

  private void removable(boolean now) {
    remove.setVisible(now);
    if (remove.getLayoutData() instanceof GridData data) {
      data.exclude = !now;
    }
    remove.requestLayout();
  }

  private static GridLayout layout() {
    GridLayout layout = new GridLayout(2, false);
    layout.marginWidth = 0;
    layout.marginHeight = 0;
    layout.horizontalSpacing = 12;
    return layout;
  }

  private Button button(Composite line, String key, Runnable action) {
    Button button = FormDialog.button(line, key, theme.text(key));
    button.setLayoutData(new GridData(SWT.FILL, SWT.CENTER, false, true));
    button.addListener(SWT.Selection, _ -> action.run());
    return button;
  }

  private void choose() {
    integration.picture().ifPresent(this::read);
  }

  private record Read(byte[] bytes, Optional<ImageData> shown) {}

  private void read(Path file) {
    var unused =
        model
            .work(() -> {
              byte[] bytes = Portrait.of(file);
              return new Read(bytes, shape.cut(bytes, 2 * SIDE));
            })
            .whenComplete((read, failure) -> {
              if (canvas.isDisposed()) {
                return;
              }
              if (failure != null) {
                form.say(refused(failure));
                return;
              }
              Image image =
                  read.shown().map(data -> new Image(canvas.getDisplay(), data)).orElse(null);
              become(new Choice.Take(read.bytes(), image));
              form.note(theme.text("picture.chosen", String.valueOf(file.getFileName())));
            });
  }

  private String refused(Throwable failure) {
    boolean large =
        FormDialog.cause(failure) instanceof Portrait.RefusedPicture refused
            && refused.why() == Portrait.Refused.LARGE;
    return theme.text(large ? "picture.large" : "picture.unreadable");
  }

  private void become(Choice next) {
    letGo();
    choice = next;
    removable(true);
    canvas.redraw();
  }

  private void letGo() {
    if (choice instanceof Choice.Take(byte[] _, Image image) && image != null) {
      image.dispose();
    }
  }

  private void paint(GC gc, Present present) {
    switch (choice) {
      case Choice.Keep _ -> present.paint(gc, SIDE, true);
      case Choice.Remove _ -> present.paint(gc, SIDE, false);
      case Choice.Take(byte[] _, Image image) -> {
        if (image != null) {
          Rectangle whole = image.getBounds();
          gc.setInterpolation(SWT.HIGH);
          gc.drawImage(image, 0, 0, whole.width, whole.height, 0, 0, SIDE, SIDE);
        }
      }
    }
  }

  /** Tells the server, if anything was chosen. */
  CompletableFuture<?> save(Function<byte[], CompletableFuture<Void>> set) {
    return switch (choice) {
      case Choice.Keep _ -> CompletableFuture.completedFuture(null);
      case Choice.Remove _ -> set.apply(new byte[0]);
      case Choice.Take(byte[] bytes, Image _) -> set.apply(bytes);
    };
  }
}
