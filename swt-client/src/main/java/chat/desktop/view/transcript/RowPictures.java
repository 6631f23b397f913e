// SPDX-License-Identifier: Apache-2.0
package chat.desktop.view.transcript;

import chat.client.ClientEvent.Transfer;
import chat.desktop.model.app.ChatModel;
import chat.desktop.model.room.Grouping;
import chat.desktop.model.room.Row;
import chat.desktop.model.text.PictureSize;
import chat.desktop.plugin.Extensions;
import chat.desktop.view.widget.Theme;
import chat.desktop.view.widget.Thumbnails;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Image;
import org.jspecify.annotations.Nullable;

/**
 * The pictures of the rows that were seen last. Only what is in sight is ever laid out; a text
 * layout holds memory of the windowing system, so no more than a few screens are kept.
 */
final class RowPictures {
  private static final int KEPT = 200;

  private final Theme theme;
  private final ChatModel model;
  private final Thumbnails thumbnails;
  private final Renderings renderings;
  private final Consumer<Row> grown;
  private final Map<Key, RowPicture> pictures = new LinkedHashMap<>(KEPT * 2, 0.75f, true);
  private long laidOut;

  /** A row by its identity: two equal rows would still be two. */
  private record Key(Row row) {
    @Override
    public boolean equals(Object other) {
      return other instanceof Key(Row same) && same == row;
    }

    @Override
    public int hashCode() {
      return System.identityHashCode(row);
    }
  }

  /**
   * @param grown told of a row that is not as high as it was
   */
  RowPictures(
      Theme theme,
      ChatModel model,
      Thumbnails thumbnails,
      Extensions extensions,
      Consumer<Row> grown) {
    this.renderings = new Renderings(extensions, theme, model);
    this.theme = theme;
    this.model = model;
    this.thumbnails = thumbnails;
    this.grown = grown;
  }

  RowPicture of(GC gc, List<Row> rows, int index, int width, long freshAfter) {
    Row row = rows.get(index);
    Grouping grouping = Grouping.of(rows, index, theme.formats(), freshAfter);
    Key key = new Key(row);
    RowPicture known = pictures.get(key);
    if (known != null && known.fits(row, grouping, width)) {
      return known;
    }
    if (known != null) {
      known.dispose();
    }
    RowPicture made = make(gc, new RowFrame(theme, model, row, grouping, width));
    laidOut++;
    pictures.put(key, made);
    if (pictures.size() > KEPT) {
      var eldest = pictures.entrySet().iterator();
      eldest.next().getValue().dispose();
      eldest.remove();
    }
    return made;
  }

  /** What plug-ins have drawn below a row that was seen, in words. */
  String drawn(Row row) {
    return pictures.get(new Key(row)) instanceof DrawnPicture drawn ? drawn.words() : "";
  }

  /** How many rows were laid out since the start. */
  long laidOut() {
    return laidOut;
  }

  void forget(Row row) {
    RowPicture known = pictures.remove(new Key(row));
    if (known != null) {
      known.dispose();
    }
  }

  void clear() {
    pictures.values().forEach(RowPicture::dispose);
    pictures.clear();
  }

  /** The picture that a file is, if it is one and on this computer. */
  private Supplier<@Nullable Image> thumbnail(Row row, boolean picture, @Nullable Path file) {
    return () ->
        file != null && picture
            ? thumbnails.of(file, CardPicture.THUMBNAIL, () -> grown.accept(row))
            : null;
  }

  private RowPicture make(GC gc, RowFrame frame) {
    Renderings.Result rendered =
        renderings.of(frame.row(), gc.getDevice(), DrawnPicture.widest(frame));
    RowPicture plain = plain(gc, frame, rendered);
    return rendered.drawings().isEmpty()
        ? plain
        : new DrawnPicture(plain, frame, renderings.extensions(), rendered.drawings());
  }

  private RowPicture plain(GC gc, RowFrame frame, Renderings.Result rendered) {
    return switch (frame.row()) {
      case Row.Said said -> BubblePicture.of(gc, frame, said).coloured(rendered.styles());
      case Row.Unsent unsent -> BubblePicture.of(gc, frame, unsent);
      case Row.Deleted _ -> DeletedPicture.of(gc, frame);
      case Row.Notice notice -> NoticePicture.of(frame, notice);
      case Row.Managed managed -> NoticePicture.of(frame, managed);
      case Row.Sending sending -> {
        Transfer upload = sending.transfer();
        boolean picture = PictureSize.named(upload.name());
        yield CardPicture.of(gc, frame, sending, thumbnail(sending, picture, upload.file()));
      }
      case Row.Filed filed -> {
        Transfer download = model.traffic().download(filed.entry().id());
        Path here = model.traffic().localFile(filed.entry().id());
        boolean picture = filed.file().mediaType().startsWith("image/");
        yield CardPicture.of(gc, frame, filed, download, thumbnail(filed, picture, here));
      }
    };
  }
}
