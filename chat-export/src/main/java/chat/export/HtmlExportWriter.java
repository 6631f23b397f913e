// SPDX-License-Identifier: Apache-2.0
package chat.export;

import chat.client.text.Message;
import chat.client.text.MessageFormatter;
import chat.client.text.TerminalSanitizer;
import chat.protocol.Content;
import chat.protocol.Person;
import chat.protocol.RoomInfo;
import chat.protocol.RoomKind;
import java.io.IOException;
import java.io.Writer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A page for reading, on a screen and on paper: without scripts, without anything from elsewhere.
 *
 * <p><b>Safe.</b> What people wrote gets in through {@link #escaped} alone, which leaves no
 * character that HTML, a terminal or the direction of reading would obey; and the page forbids the
 * browser everything but its own style and pictures beside it.
 */
final class HtmlExportWriter implements ExportWriter {
  private static final Set<String> PICTURES =
      Set.of("image/png", "image/jpeg", "image/webp", "image/gif");
  private static final Pattern LINK = Pattern.compile("https?://[^\\s<>\"'`\\\\]+");
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm");

  private static final String HEAD =
      """
      <!DOCTYPE html>
      <html>
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="referrer" content="no-referrer">
      <meta http-equiv="Content-Security-Policy"
        content="default-src 'none'; style-src 'unsafe-inline'; img-src 'self' file:">
      <title>%1$s</title>
      <style>
      :root { color-scheme: light dark; --text: #1d2125; --quiet: #5c6670; --line: #d8dde2;
        --page: #fff; --mark: #b3261e; --link: #0b57d0; }
      @media (prefers-color-scheme: dark) {
        :root { --text: #e4e7ea; --quiet: #9aa4ae; --line: #3a4148; --page: #16191c;
          --mark: #ff8a80; --link: #8ab4f8; }
      }
      body { margin: 2rem auto; max-width: 46rem; padding: 0 1rem; background: var(--page);
        color: var(--text); font: 1rem/1.5 system-ui, sans-serif; }
      h1 { margin-bottom: 0; }
      h2 { font-size: 1rem; border-bottom: 1px solid var(--line); margin: 2rem 0 1rem; }
      a { color: var(--link); }
      article { margin: 0 0 1rem; break-inside: avoid; }
      article p { margin: 0; }
      .text { white-space: pre-wrap; overflow-wrap: anywhere; }
      .by small, .note, header p, time { color: var(--quiet); }
      .important { border-inline-start: 3px solid var(--mark); padding-inline-start: .7rem; }
      blockquote { margin: .2rem 0; padding-inline-start: .7rem; color: var(--quiet);
        border-inline-start: 3px solid var(--line); overflow-wrap: anywhere; }
      ul { list-style: none; margin: .2rem 0; padding: 0; }
      li { display: inline-block; border: 1px solid var(--line); border-radius: 1rem;
        padding: 0 .6rem; margin-inline-end: .3rem; font-size: .9rem; }
      img { display: block; max-width: 100%%; max-height: 30rem; margin: .3rem 0; }
      @media print {
        :root { --text: #000; --quiet: #444; --line: #aaa; --page: #fff; --link: #000; }
        body { margin: 0; max-width: none; font-size: 10pt; }
      }
      </style>
      </head>
      <body>
      <header>
      <h1 dir="auto">%1$s</h1>
      <p dir="auto">%2$s</p>
      </header>
      <main>
      """;

  private final Writer out;
  private final ZoneId zone;
  private @Nullable LocalDate day;

  HtmlExportWriter(Writer out, ZoneId zone, RoomInfo info) throws IOException {
    this.out = out;
    this.zone = zone;
    String name = info.kind() == RoomKind.DIRECT ? info.peer().shown() : info.name();
    out.write(HEAD.formatted(escaped(name), escaped(info.topic())));
  }

  @Override
  public void add(Leaf leaf) throws IOException {
    Message message = leaf.message();
    Instant time = Instant.ofEpochMilli(message.entry().time());
    LocalDate date = LocalDate.ofInstant(time, zone);
    if (!date.equals(day)) {
      day = date;
      out.write("<h2>" + date + "</h2>\n");
    }
    long number = message.entry().number();
    boolean important = message.content() instanceof Content.Text text && text.important();
    out.write(
        "<article id=\"m"
            + number
            + (important ? "\" class=\"important\">\n" : "\">\n")
            + "<p class=\"by\"><b>"
            + person(message.entry().author())
            + "</b> <small><time datetime=\""
            + time
            + "\">"
            + TIME.format(time.atZone(zone))
            + "</time> "
            + number
            + (important ? ", important" : "")
            + (message.pinned() ? ", pinned" : "")
            + (message.edited() == 0 ? "" : ", edited")
            + "</small></p>\n"
            + quote(leaf.quote())
            + content(message.content(), leaf.path())
            + reactions(message)
            + "</article>\n");
  }

  private static String content(Content content, String path) {
    return switch (content) {
      case Content.Text text ->
          forwarded(text.forwarded())
              + "<p class=\"text\" dir=\"auto\">"
              + linked(text.text())
              + "</p>\n";
      case Content.File file -> forwarded(file.forwarded()) + file(file, path);
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
          note(MessageFormatter.words(content));
    };
  }

  private static String file(Content.File file, String path) {
    String name = "<bdi>" + escaped(file.name()) + "</bdi>";
    String size = " <small>" + file.size() + " bytes</small>";
    if (path.isEmpty()) {
      return "<p>" + name + size + "</p>\n";
    }
    String picture =
        PICTURES.contains(file.mediaType())
            ? "<img loading=\"lazy\" src=\"%s\" alt=\"%s\">"
                .formatted(address(path), escaped(file.name()))
            : "";
    return "<p>%s<a href=\"%s\" download>%s</a>%s</p>\n"
        .formatted(picture, address(path), name, size);
  }

  private static String forwarded(String from) {
    return from.isEmpty() ? "" : note("from " + from);
  }

  private static String note(String words) {
    return "<p class=\"note\" dir=\"auto\">" + escaped(words) + "</p>\n";
  }

  private static String quote(Quote quote) {
    if (quote.number() == 0) {
      return "";
    }
    String words =
        quote.author().isEmpty()
            ? "not there any more"
            : "<bdi>"
                + escaped(quote.author())
                + "</bdi>: <bdi>"
                + escaped(quote.words())
                + "</bdi>";
    return "<blockquote><a href=\"#m%1$d\">%1$d</a> %2$s</blockquote>\n"
        .formatted(quote.number(), words);
  }

  private static String reactions(Message message) {
    if (message.reactions().isEmpty()) {
      return "";
    }
    return message.reactions().entrySet().stream()
        .map(each ->
            "<li>"
                + escaped(each.getKey())
                + " "
                + each.getValue().stream()
                    .map(HtmlExportWriter::person)
                    .collect(Collectors.joining(", "))
                + "</li>")
        .collect(Collectors.joining("", "<ul>", "</ul>\n"));
  }

  /** The account's own name, too: what is shown instead of it anybody can choose. */
  private static String person(Person person) {
    return "<bdi>"
        + escaped(person.shown())
        + (person.display().isEmpty() ? "" : "</bdi> <bdi>(" + escaped(person.name()) + ")")
        + "</bdi>";
  }

  private static String linked(String text) {
    StringBuilder html = new StringBuilder();
    Matcher link = LINK.matcher(text);
    int done = 0;
    while (link.find()) {
      String address = escaped(link.group());
      html.append(escaped(text.substring(done, link.start())))
          .append("<a rel=\"noopener noreferrer\" href=\"%s\">%s</a>".formatted(address, address));
      done = link.end();
    }
    return html.append(escaped(text.substring(done))).toString();
  }

  private static String address(String path) {
    return Pattern.compile("/")
        .splitAsStream(path)
        .map(part -> URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20"))
        .collect(Collectors.joining("/"));
  }

  /** Fit for the inside of an element and of an attribute in double quotes. */
  static String escaped(String text) {
    return text.lines()
        .map(TerminalSanitizer::line)
        .collect(Collectors.joining("\n"))
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }

  @Override
  public void close() throws IOException {
    try (out) {
      out.write("</main>\n</body>\n</html>\n");
    }
  }
}
