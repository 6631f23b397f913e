package chat.cli;

import chat.protocol.Content;
import chat.protocol.Event;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;

/** An entry as a line. */
record Lines(ZoneId zone) {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");

  /** For people: the time is theirs, and nothing in it can harm a terminal. */
  String plain(Event.Entry entry) {
    return TIME.format(Instant.ofEpochMilli(entry.time()).atZone(zone))
        + " "
        + Harmless.line(entry.author().name())
        + ": "
        + switch (entry.content()) {
          case Content.Text(String text) -> Harmless.lines(text);
          case Content.File file ->
              "[file " + Harmless.line(file.name()) + ", " + file.size() + " bytes]";
          case Content.Joined joined -> "[joined]";
          case Content.Left left -> "[left]";
          case Content.Erased erased -> "[erased]";
          case Content.Damaged damaged -> "[damaged]";
        };
  }

  /** For programs: the time is UTC. */
  String json(Event.Entry entry) {
    JsonLine line =
        new JsonLine()
            .put("room", entry.room())
            .put("number", entry.number())
            .put("id", entry.id().toString())
            .put("time", Instant.ofEpochMilli(entry.time()).toString())
            .put("author", entry.author().name())
            .put("account", entry.author().account());
    return put(line, entry.content()).toString();
  }

  private static JsonLine put(JsonLine line, Content content) {
    return switch (content) {
      case Content.Text(String text) -> line.put("kind", "text").put("text", text);
      case Content.File(String name, String type, long size, byte[] sha256) ->
          line.put("kind", "file")
              .put("name", name)
              .put("mediaType", type)
              .put("size", size)
              .put("sha256", HexFormat.of().formatHex(sha256));
      case Content.Joined joined -> line.put("kind", "joined");
      case Content.Left left -> line.put("kind", "left");
      case Content.Erased erased -> line.put("kind", "erased");
      case Content.Damaged damaged -> line.put("kind", "damaged");
    };
  }
}
