// SPDX-License-Identifier: Apache-2.0
package chat.desktop.view.main;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.eclipse.swt.SWT;
import org.eclipse.swt.dnd.Clipboard;
import org.eclipse.swt.dnd.DND;
import org.eclipse.swt.dnd.DropTarget;
import org.eclipse.swt.dnd.DropTargetAdapter;
import org.eclipse.swt.dnd.DropTargetEvent;
import org.eclipse.swt.dnd.FileTransfer;
import org.eclipse.swt.dnd.ImageTransfer;
import org.eclipse.swt.dnd.Transfer;
import org.eclipse.swt.graphics.ImageData;
import org.eclipse.swt.graphics.ImageLoader;
import org.eclipse.swt.widgets.Control;

/** Files that come from outside by dropping or pasting. */
final class Incoming {
  private static final DateTimeFormatter NAME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd-HHmmss", Locale.ROOT);

  private Incoming() {}

  /** Files dropped on the control go to {@code take}. */
  static void dropped(Control control, Consumer<List<Path>> take) {
    DropTarget target = new DropTarget(control, DND.DROP_COPY | DND.DROP_DEFAULT | DND.DROP_MOVE);
    target.setTransfer(FileTransfer.getInstance());
    target.addDropListener(
        new DropTargetAdapter() {
          @Override
          public void dragEnter(DropTargetEvent event) {
            event.detail = DND.DROP_COPY;
          }

          @Override
          public void drop(DropTargetEvent event) {
            if (event.data instanceof String[] names) {
              take.accept(Arrays.stream(names).map(Path::of).toList());
            }
          }
        });
    control.setData("drop", target);
  }

  /** The files on the clipboard; a picture there becomes a file first. None if it holds text. */
  static List<Path> pasted(Control control) {
    Clipboard clipboard = new Clipboard(control.getDisplay());
    try {
      if (contents(clipboard, FileTransfer.getInstance()) instanceof String[] names) {
        return Arrays.stream(names).map(Path::of).toList();
      }
      if (contents(clipboard, ImageTransfer.getInstance()) instanceof ImageData picture) {
        return List.of(save(picture));
      }
      return List.of();
    } catch (IOException e) {
      System.getLogger(Incoming.class.getName())
          .log(System.Logger.Level.WARNING, "The picture on the clipboard can't be kept", e);
      return List.of();
    } finally {
      clipboard.dispose();
    }
  }

  private static Object contents(Clipboard clipboard, Transfer kind) {
    boolean there = Arrays.stream(clipboard.getAvailableTypes()).anyMatch(kind::isSupportedType);
    return there ? clipboard.getContents(kind) : List.of();
  }

  private static Path save(ImageData picture) throws IOException {
    Path folder = Files.createTempDirectory("chatroom-");
    Path file = folder.resolve("image-" + NAME.format(LocalDateTime.now()) + ".png");
    ImageLoader loader = new ImageLoader();
    loader.data = new ImageData[] {picture};
    loader.save(file.toString(), SWT.IMAGE_PNG);
    file.toFile().deleteOnExit();
    return file;
  }
}
