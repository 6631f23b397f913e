// SPDX-License-Identifier: Apache-2.0
package chat.desktop.view.widget;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.eclipse.swt.SWTException;
import org.eclipse.swt.graphics.Image;
import org.eclipse.swt.graphics.ImageData;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.graphics.Rectangle;
import org.eclipse.swt.widgets.Display;
import org.jspecify.annotations.Nullable;

/**
 * Small versions of pictures that are on this computer. They are read and made smaller outside the
 * thread of the windows, one after the other; what has too many points by its head is not read. The
 * {@link #KEPT} that were drawn last are kept, the others are read again when they are drawn.
 *
 * <p><b>Threads.</b> The thread of the windows alone, apart from the work itself.
 */
public final class Thumbnails {
  private static final int KEPT = 100;

  private final Display display;
  private final Map<Path, Optional<Image>> images = new LinkedHashMap<>(KEPT * 2, 0.75f, true);
  private final Map<Path, List<Runnable>> waiting = new HashMap<>();
  private final ExecutorService work =
      Executors.newSingleThreadExecutor(
          Thread.ofPlatform().name("chat-thumbnails").daemon().factory());

  public Thumbnails(Display display) {
    this.display = display;
  }

  /**
   * The picture in a file, no larger than asked for; null if it is not ready, or none. It is good
   * until the next one is asked for: to be asked for whenever it is drawn, and not to be kept.
   *
   * @param most the largest size, in points
   * @param ready runs when it is there to be drawn, for everybody who asked
   */
  public @Nullable Image of(Path file, Point most, Runnable ready) {
    Optional<Image> known = images.get(file);
    if (known == null) {
      images.put(file, Optional.empty());
      waiting.put(file, new ArrayList<>(List.of(ready)));
      load(file, most, data -> arrived(file, data.map(some -> new Image(display, some))));
      return null;
    }
    if (known.isEmpty()) {
      waiting.getOrDefault(file, new ArrayList<>()).add(ready);
    }
    return known.orElse(null);
  }

  /** What can't be shown is remembered as that, and nobody waits for it. */
  private void arrived(Path file, Optional<Image> image) {
    List<Runnable> asked = waiting.getOrDefault(file, List.of());
    waiting.remove(file);
    keep(file, image);
    if (image.isPresent()) {
      asked.forEach(Runnable::run);
    }
  }

  /** Reads a picture and hands it over in the thread of the windows; empty if it can't be shown. */
  public void load(Path file, Point most, Consumer<Optional<ImageData>> taker) {
    work.execute(() -> {
      Optional<ImageData> data = read(file, most);
      if (!display.isDisposed()) {
        display.asyncExec(() -> {
          if (!work.isShutdown()) {
            taker.accept(data);
          }
        });
      }
    });
  }

  private void keep(Path file, Optional<Image> image) {
    images.put(file, image);
    if (images.size() > KEPT) {
      var eldest = images.entrySet().iterator();
      eldest.next().getValue().ifPresent(Image::dispose);
      eldest.remove();
    }
  }

  /** The picture, scaled to fit; empty if it is none, is too large or can't be read. */
  static Optional<ImageData> read(Path file, Point most) {
    try {
      ImageData whole = PictureReader.read(file);
      double scale =
          Math.min(1, Math.min((double) most.x / whole.width, (double) most.y / whole.height));
      int width = Math.max(1, (int) (whole.width * scale));
      int height = Math.max(1, (int) (whole.height * scale));
      Rectangle all = new Rectangle(0, 0, whole.width, whole.height);
      return Optional.of(Shrink.of(whole, all, width, height));
    } catch (IOException | SWTException e) {
      return Optional.empty();
    }
  }

  public void dispose() {
    work.shutdownNow();
    images.values().forEach(image -> image.ifPresent(Image::dispose));
    images.clear();
  }
}
