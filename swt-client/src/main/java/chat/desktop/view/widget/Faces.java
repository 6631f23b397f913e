// SPDX-License-Identifier: Apache-2.0
package chat.desktop.view.widget;

import chat.protocol.Person;
import chat.protocol.RoomInfo;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.eclipse.swt.graphics.Image;
import org.eclipse.swt.graphics.ImageData;
import org.eclipse.swt.widgets.Display;
import org.jspecify.annotations.Nullable;

/**
 * The pictures of people and rooms, fetched when one of them is first drawn. Who has none, or one
 * that can't be shown, is drawn as a letter or a sign; so is everybody until the picture is here.
 */
public final class Faces {
  private static final int KEPT = 400;

  /** The side of what is kept, sharp at 48 points on a screen of 200 percent. */
  static final int SIDE = 96;

  private final Display display;
  private final Function<Sitter, CompletableFuture<Optional<ImageData>>> fetch;
  private final Runnable arrived;
  private final Map<Sitter, Optional<Image>> images = new LinkedHashMap<>(64, 0.75f, true);
  private boolean disposed;

  /** Whose picture it is; a new one has a new number. */
  public sealed interface Sitter {
    record Somebody(long account, long picture) implements Sitter {}

    record Room(long room, long picture) implements Sitter {}

    /** Cuts the picture as it is drawn; empty if it can't be shown. Any thread. */
    default Optional<ImageData> cut(byte[] picture) {
      return switch (this) {
        case Somebody _ -> Portrait.Shape.ROUND.cut(picture, SIDE);
        case Room _ -> Portrait.Shape.TILE.cut(picture, SIDE);
      };
    }
  }

  /**
   * @param fetch gets a picture and cuts it; answers in the thread of the windows
   * @param arrived told when there is something new to draw
   */
  public Faces(
      Display display,
      Function<Sitter, CompletableFuture<Optional<ImageData>>> fetch,
      Runnable arrived) {
    this.display = display;
    this.fetch = fetch;
    this.arrived = arrived;
  }

  /** For windows in which nobody is known yet. */
  public static Faces none(Display display) {
    return new Faces(display, _ -> new CompletableFuture<>(), () -> {});
  }

  /** Somebody's picture, round; null if it is not here. */
  @Nullable Image of(Person person) {
    return person.picture() == 0
        ? null
        : of(new Sitter.Somebody(person.account(), person.picture()));
  }

  /** A room's picture, with round corners; null if it is not here. */
  @Nullable Image of(RoomInfo room) {
    return room.picture() == 0 ? null : of(new Sitter.Room(room.room(), room.picture()));
  }

  private @Nullable Image of(Sitter sitter) {
    Optional<Image> known = images.get(sitter);
    if (known == null) {
      keep(sitter, Optional.empty());
      fetch(sitter);
      return null;
    }
    return known.orElse(null);
  }

  private void fetch(Sitter sitter) {
    var unused =
        fetch
            .apply(sitter)
            .thenAccept(cut -> {
              if (!disposed) {
                keep(sitter, cut.map(data -> new Image(display, data)));
                arrived.run();
              }
            });
  }

  private void keep(Sitter sitter, Optional<Image> image) {
    images.put(sitter, image);
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
