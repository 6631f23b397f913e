// SPDX-License-Identifier: Apache-2.0
package chat.desktop.view.transcript;

import chat.desktop.model.app.ChatModel;
import chat.desktop.model.room.Marks;
import chat.desktop.model.room.Room;
import chat.desktop.model.room.Row;
import chat.desktop.model.text.Markup;
import chat.desktop.view.widget.Theme;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows of a transcript in words: for screen readers, and for what is marked and copied. */
record RowWords(Theme theme, ChatModel model) {

  /** A row with its author, its time and how far it has got. */
  String spoken(Row row, @Nullable Room room) {
    String author = author(row);
    String time = theme.formats().time(row.time());
    Ticks ticks = row instanceof Row.MessageRow told ? Ticks.of(theme, room, told) : null;
    String got = ticks == null ? "" : ", " + ticks.words();
    String names =
        row instanceof Row.Notice notice && notice.open()
            ? ": " + String.join(", ", NoticePicture.names(theme, notice))
            : "";
    return (author.isEmpty() ? "" : author + ", ") + time + got + ": " + text(row) + names;
  }

  /** What is marked; of several messages with their times and authors. */
  String marked(List<Row> rows, Marks marks) {
    if (marks.isEmpty()) {
      return "";
    }
    int first = marks.start().row();
    int last = marks.end().row();
    StringBuilder text = new StringBuilder();
    for (int i = first; i <= last; i++) {
      Row row = rows.get(i);
      String part = part(row, i, marks);
      if (first == last) {
        text.append(part);
      } else if (!part.isEmpty()) {
        text.append('[').append(theme.formats().time(row.time())).append("] ");
        String author = author(row);
        text.append(author.isEmpty() ? "" : author + ": ").append(part).append('\n');
      }
    }
    return text.toString();
  }

  private String part(Row row, int index, Marks marks) {
    String text = text(row);
    int from = index == marks.start().row() ? marks.start().offset() : 0;
    int to = index == marks.end().row() ? marks.end().offset() : text.length();
    return text.substring(Math.min(from, text.length()), Math.clamp(to, 0, text.length()));
  }

  private String author(Row row) {
    var author = row.author();
    var self = model.self();
    if (author != null) {
      return theme.name(author);
    }
    return row.mine() && self != null ? self.shown() : "";
  }

  /** What can be read in a row. */
  String text(Row row) {
    return switch (row) {
      case Row.Said said -> Markup.of(said.text()).text();
      case Row.Unsent unsent -> Markup.of(unsent.text()).text();
      case Row.Filed filed -> filed.file().name();
      case Row.Sending sending -> sending.transfer().name();
      case Row.Deleted _ -> theme.text("message.deleted");
      case Row.Notice notice -> NoticePicture.words(theme, notice);
      case Row.Managed managed -> NoticePicture.words(theme, managed);
    };
  }
}
