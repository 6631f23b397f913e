package chat.cli;

import chat.protocol.Content;
import chat.protocol.Deed;
import chat.protocol.Event;
import chat.protocol.Person;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Locale;

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
          case Content.Text text ->
              (text.important() ? "[important] " : "")
                  + (text.forwarded().isEmpty()
                      ? ""
                      : "[from " + Harmless.line(text.forwarded()) + "] ")
                  + (text.reply() == 0 ? "" : "[to " + text.reply() + "] ")
                  + Harmless.lines(text.text());
          case Content.File file ->
              "[file " + Harmless.line(file.name()) + ", " + file.size() + " bytes]";
          case Content.Joined joined -> "[joined]";
          case Content.Left left -> "[left]";
          case Content.Erased erased -> "[erased]";
          case Content.Damaged damaged -> "[damaged]";
          case Content.Edited(long about, String text, var mentions) ->
              "[changes " + about + "] " + Harmless.lines(text);
          case Content.Deleted(long about) -> "[deletes " + about + "]";
          case Content.Reacted(long about, String emoji, boolean on) ->
              "[" + (on ? "puts " : "takes ") + Harmless.line(emoji) + " at " + about + "]";
          case Content.Pinned(long about, boolean on) ->
              "[" + (on ? "pins " : "unpins ") + about + "]";
          case Content.RoomSet set -> "[room: " + Harmless.line(set.name()) + "]";
          case Content.Done done ->
              "["
                  + done.deed().name().toLowerCase(Locale.ROOT).replace('_', ' ')
                  + ": "
                  + Harmless.line(done.whom().name())
                  + "]";
          case Content.Gone gone -> "[account deleted]";
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
      case Content.Text text ->
          line.put("kind", "text")
              .put("text", text.text())
              .put("reply", text.reply())
              .put("important", text.important())
              .put("forwarded", text.forwarded());
      case Content.File(String name, String type, long size, byte[] sha256, String forwarded) ->
          line.put("kind", "file")
              .put("name", name)
              .put("mediaType", type)
              .put("size", size)
              .put("sha256", HexFormat.of().formatHex(sha256))
              .put("forwarded", forwarded);
      case Content.Joined joined -> line.put("kind", "joined");
      case Content.Left left -> line.put("kind", "left");
      case Content.Erased(long about) -> line.put("kind", "erased").put("about", about);
      case Content.Damaged damaged -> line.put("kind", "damaged");
      case Content.Edited(long about, String text, var mentions) ->
          line.put("kind", "edited").put("about", about).put("text", text);
      case Content.Deleted(long about) -> line.put("kind", "deleted").put("about", about);
      case Content.Reacted(long about, String emoji, boolean on) ->
          line.put("kind", "reacted").put("about", about).put("emoji", emoji).put("on", on);
      case Content.Pinned(long about, boolean on) ->
          line.put("kind", "pinned").put("about", about).put("on", on);
      case Content.RoomSet(String name, String topic, boolean readOnly, boolean archived) ->
          line.put("kind", "room")
              .put("name", name)
              .put("topic", topic)
              .put("readOnly", readOnly)
              .put("archived", archived);
      case Content.Done(Person whom, Deed deed, long until) ->
          line.put("kind", "done")
              .put("whom", whom.name())
              .put("deed", deed.name().toLowerCase(Locale.ROOT))
              .put("until", until);
      case Content.Gone gone -> line.put("kind", "gone");
    };
  }
}
