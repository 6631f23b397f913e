// SPDX-License-Identifier: Apache-2.0
package chat.client.text;

import chat.protocol.Content;
import chat.protocol.Person;
import chat.protocol.RoomSettings;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A message as a line for people: the time is theirs, and nothing in it can harm a terminal. */
public record MessageFormatter(ZoneId zone) {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");

  /** The time, the author, and what was said; further lines of a text are indented. */
  public String plain(Message message) {
    return time(message.entry().time())
        + " "
        + TerminalSanitizer.line(message.entry().author().name())
        + ": "
        + words(message.content())
        + (message.edited() == 0 ? "" : " [edited]")
        + (message.pinned() ? " [pinned]" : "")
        + reactions(message.reactions());
  }

  /** A moment. */
  public String time(long millis) {
    return TIME.format(Instant.ofEpochMilli(millis).atZone(zone));
  }

  private static String reactions(Map<String, List<Person>> reactions) {
    return reactions.entrySet().stream()
        .map(each ->
            each.getValue().stream()
                .map(person -> TerminalSanitizer.line(person.name()))
                .collect(
                    Collectors.joining(
                        ", ", " [" + TerminalSanitizer.line(each.getKey()) + " ", "]")))
        .collect(Collectors.joining());
  }

  /** What is said or happens in an entry. */
  public static String words(Content content) {
    return switch (content) {
      case Content.Text text ->
          (text.important() ? "[important] " : "")
              + (text.forwarded().isEmpty()
                  ? ""
                  : "[from " + TerminalSanitizer.line(text.forwarded()) + "] ")
              + (text.reply() == 0 ? "" : "[to " + text.reply() + "] ")
              + TerminalSanitizer.lines(text.text());
      case Content.File file ->
          (file.forwarded().isEmpty()
                  ? ""
                  : "[from " + TerminalSanitizer.line(file.forwarded()) + "] ")
              + "[file "
              + TerminalSanitizer.line(file.name())
              + ", "
              + file.size()
              + " bytes]";
      case Content.Joined joined -> "[joined]";
      case Content.Left left -> "[left]";
      case Content.Erased erased -> "[erased]";
      case Content.Damaged damaged -> "[damaged]";
      case Content.Edited(long about, String text, var mentions) ->
          "[changes " + about + "] " + TerminalSanitizer.lines(text);
      case Content.Deleted(long about) -> "[deletes " + about + "]";
      case Content.Reacted(long about, String emoji, boolean on) ->
          "[" + (on ? "puts " : "takes ") + TerminalSanitizer.line(emoji) + " at " + about + "]";
      case Content.Pinned(long about, boolean on) -> "[" + (on ? "pins " : "unpins ") + about + "]";
      case Content.RoomSet(RoomSettings settings) ->
          Stream.concat(
                  Stream.of(TerminalSanitizer.line(settings.name())), RoomSetting.labels(settings))
              .collect(Collectors.joining(", ", "[room: ", "]"));
      case Content.Done done ->
          "["
              + done.action().name().toLowerCase(Locale.ROOT).replace('_', ' ')
              + ": "
              + TerminalSanitizer.line(done.whom().name())
              + "]";
      case Content.Gone gone -> "[account deleted]";
    };
  }
}
