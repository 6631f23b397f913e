package chat.desktop.view;

import chat.protocol.Person;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongFunction;
import org.eclipse.swt.graphics.Image;
import org.eclipse.swt.widgets.Display;
import org.jspecify.annotations.Nullable;

/**
 * The pictures of people, fetched when one of them is first drawn. Who has none, or one that can't
 * be shown, is drawn as a letter; so is everybody until the picture is here.
 */
final class Faces {
  private static final int KEPT = 400;
  private static final int SIDE = 96;

  private final Display display;
  private final LongFunction<CompletableFuture<byte[]>> fetch;
  private final Runnable arrived;
  private final Map<Key, Optional<Image>> images = new LinkedHashMap<>(64, 0.75f, true);
  private boolean disposed;

  /** A new picture of somebody has a new number. */
  private record Key(long account, long picture) {}

  /**
   * @param fetch answers in the thread of the windows
   * @param arrived told when there is something new to draw
   */
  Faces(Display display, LongFunction<CompletableFuture<byte[]>> fetch, Runnable arrived) {
    this.display = display;
    this.fetch = fetch;
    this.arrived = arrived;
  }

  /** For windows in which nobody is known yet. */
  static Faces none(Display display) {
    return new Faces(display, _ -> new CompletableFuture<>(), () -> {});
  }

  /** Somebody's picture, round; null if it is not here. */
  @Nullable Image of(Person person) {
    if (person.picture() == 0) {
      return null;
    }
    Key key = new Key(person.account(), person.picture());
    Optional<Image> known = images.get(key);
    if (known == null) {
      keep(key, Optional.empty());
      fetch(key);
      return null;
    }
    return known.orElse(null);
  }

  private void fetch(Key key) {
    var unused =
        fetch
            .apply(key.account())
            .thenAccept(bytes -> {
              if (!disposed) {
                keep(key, Portrait.round(bytes, SIDE).map(data -> new Image(display, data)));
                arrived.run();
              }
            });
  }

  private void keep(Key key, Optional<Image> image) {
    images.put(key, image);
    if (images.size() > KEPT) {
      var eldest = images.entrySet().iterator();
      eldest.next().getValue().ifPresent(Image::dispose);
      eldest.remove();
    }
  }

  void dispose() {
    disposed = true;
    images.values().forEach(image -> image.ifPresent(Image::dispose));
    images.clear();
  }
}
