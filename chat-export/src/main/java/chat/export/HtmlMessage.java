// SPDX-License-Identifier: Apache-2.0
package chat.export;

import chat.client.text.Message;
import chat.client.text.MessageFormatter;
import chat.client.text.WebLink;
import chat.export.ExportWriter.Leaf;
import chat.export.ExportWriter.Quote;
import chat.protocol.Content;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.owasp.encoder.Encode;

/**
 * What {@code message.html} shows of a message. The template finds the methods by their names,
 * leaves out what is null, empty or false, and escapes the rest.
 *
 * @param first whether it is the first one of its day
 */
record HtmlMessage(Leaf leaf, ZoneId zone, boolean first) {
  private static final Set<String> PICTURES =
      Set.of("image/png", "image/jpeg", "image/webp", "image/gif");
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm");

  /**
   * Somebody. What is shown anybody can choose, so the account's own name is told, too.
   *
   * @param name empty if it is shown already
   */
  record Person(String shown, String name) {
    static Person of(chat.protocol.Person person) {
      return new Person(person.shown(), person.display().isEmpty() ? "" : person.name());
    }
  }

  /** A text, taken apart where links begin and end. */
  record Text(List<Part> parts) {}

  /**
   * A piece of a text.
   *
   * @param address where it leads; empty if it is no link
   */
  record Part(String words, String address) {}

  /**
   * A file.
   *
   * @param address of it beside the page; empty if it was not fetched
   * @param picture whether it is shown
   */
  record Attachment(String name, long size, String address, boolean picture) {}

  /** Who put what. */
  record Reaction(String emoji, List<Person> people) {}

  private Message message() {
    return leaf.message();
  }

  /** Empty for all but the first message of a day. */
  String day() {
    return first ? LocalDate.ofInstant(instant(), zone).toString() : "";
  }

  long number() {
    return message().entry().number();
  }

  boolean important() {
    return message().content() instanceof Content.Text text && text.important();
  }

  boolean pinned() {
    return message().pinned();
  }

  boolean edited() {
    return message().edited() != 0;
  }

  Person author() {
    return Person.of(message().entry().author());
  }

  Instant instant() {
    return Instant.ofEpochMilli(message().entry().time());
  }

  String time() {
    return TIME.format(instant().atZone(zone));
  }

  @Nullable Quote quote() {
    return leaf.quote().number() == 0 ? null : leaf.quote();
  }

  String forwarded() {
    return switch (message().content()) {
      case Content.Text text -> text.forwarded();
      case Content.File file -> file.forwarded();
      default -> "";
    };
  }

  @Nullable Text text() {
    return message().content() instanceof Content.Text text ? new Text(parts(text.text())) : null;
  }

  private static List<Part> parts(String text) {
    List<Part> parts = new ArrayList<>();
    int done = 0;
    for (WebLink link : WebLink.in(text)) {
      parts.add(new Part(text.substring(done, link.start()), ""));
      parts.add(new Part(link.address(), link.address()));
      done = link.end();
    }
    parts.add(new Part(text.substring(done), ""));
    return parts;
  }

  @Nullable Attachment file() {
    return message().content() instanceof Content.File file
        ? new Attachment(
            file.name(),
            file.size(),
            address(leaf.path()),
            !leaf.path().isEmpty() && PICTURES.contains(file.mediaType()))
        : null;
  }

  private static String address(String path) {
    return Arrays.stream(path.split("/"))
        .map(Encode::forUriComponent)
        .collect(Collectors.joining("/"));
  }

  /** What happened; empty if something was said. */
  String note() {
    return switch (message().content()) {
      case Content.Text _, Content.File _ -> "";
      case Content.Joined _,
          Content.Left _,
          Content.Erased _,
          Content.Damaged _,
          Content.Edited _,
          Content.Deleted _,
          Content.Reacted _,
          Content.Pinned _,
          Content.RoomSet _,
          Content.Done _,
          Content.Gone _ ->
          MessageFormatter.words(message().content());
    };
  }

  boolean hasReactions() {
    return !message().reactions().isEmpty();
  }

  List<Reaction> reactions() {
    return message().reactions().entrySet().stream()
        .map(each -> new Reaction(each.getKey(), each.getValue().stream().map(Person::of).toList()))
        .toList();
  }
}
