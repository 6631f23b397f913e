// SPDX-License-Identifier: Apache-2.0
package chat.export;

import chat.client.ChatClient;
import chat.client.ClientEvent;
import chat.client.ClientEvent.Transfer;
import chat.client.LinkLostException;
import chat.client.RefusedException;
import chat.client.disk.PrivateFiles;
import chat.client.text.Json;
import chat.client.text.Message;
import chat.client.text.MessageFormatter;
import chat.export.ExportWriter.Leaf;
import chat.export.ExportWriter.Quote;
import chat.protocol.Content;
import chat.protocol.Event;
import chat.protocol.Reply;
import chat.protocol.RoomView;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * Writes rooms into a folder, as they read at the moment of reading: changes, reactions and pins
 * are folded into their messages, what was deleted is gone.
 *
 * <pre>
 * messages.jsonl   one JSON object a line, as {@link Json#message} says, with the path of a file
 * messages.html    for a browser or a printer
 * messages.txt     a line a message
 * files/12-a.png   what message 12 sent, checked by its hash
 * </pre>
 *
 * <p>A room passes through page by page: the server tells with each page what was said about its
 * messages, up to now, and whoever ended an account left nothing to read. A sheet has its name once
 * it is complete, and {@code .part} behind that until then.
 *
 * <p><b>Threads.</b> Blocks the thread that calls; not for the listener's, nor for one that
 * completes a client's future. Interrupting it ends it.
 */
public final class Export {
  private static final int QUOTED = 1_000;
  private static final int QUOTE = 160;
  private static final int NAME_BYTES = 120;

  /** Longer than the client itself goes on asking. */
  private static final long ANSWER_SECONDS = ChatClient.PATIENCE.toSeconds() + 30;

  /** How messages are written. */
  public enum Form {
    JSONL,
    HTML,
    TEXT
  }

  /**
   * What is wanted.
   *
   * @param folder a new or an empty one
   * @param files whether to fetch files, too
   * @param zone of the times that people read
   */
  public record Order(Path folder, Set<Form> forms, boolean files, ZoneId zone) {
    public Order {
      forms = Set.copyOf(forms);
    }
  }

  /**
   * What was written.
   *
   * @param missing files that the server could not give, or not as they were sent
   */
  public record Written(long messages, int files, int missing) {}

  /** Hears how far it is: after each page, and after each file. On the thread of the export. */
  public interface Progress {
    void at(RoomView room, long number);
  }

  private final ChatClient client;
  private final Order order;
  private final Progress progress;

  /** The beginnings of the last messages, for those that answer them. */
  private final Map<Long, Quote> quotes =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Quote> eldest) {
          return size() > QUOTED;
        }
      };

  private long messages;
  private int files;
  private int missing;

  /** For one export. */
  public Export(ChatClient client, Order order, Progress progress) {
    this.client = client;
    this.order = order;
    this.progress = progress;
  }

  /**
   * Writes a room, up to the entry that was its newest when this view came.
   *
   * @throws LinkLostException if the server is out of reach for too long
   * @throws IOException if the folder is not empty or can't be written
   */
  public Written room(RoomView view) throws IOException, RefusedException, InterruptedException {
    prepare();
    List<ExportWriter> sheets = new ArrayList<>();
    try {
      for (Form form : order.forms()) {
        sheets.add(sheet(form, view));
      }
      read(
          view,
          message -> {
            Leaf leaf = new Leaf(message, fetched(message, ""), quote(message));
            for (ExportWriter writer : sheets) {
              writer.add(leaf);
            }
            messages++;
          });
    } finally {
      close(sheets);
    }
    for (Form form : order.forms()) {
      complete(name(form));
    }
    return new Written(messages, files, missing);
  }

  /**
   * Writes what the server keeps of an account: {@code profile.json} with the picture beside it,
   * {@code contacts.jsonl}, {@code rooms.jsonl}, and {@code messages.jsonl} with its own messages
   * of every room it is in.
   *
   * @param self what came on entering
   */
  public Written account(ClientEvent.Entered self)
      throws IOException, RefusedException, InterruptedException {
    prepare();
    long account = self.self().account();
    write("profile.json", Stream.of(Json.profile(await(client.who(account)))));
    if (self.self().picture() != 0) {
      Files.write(order.folder().resolve("picture"), await(client.pictureOf(account)));
    }
    write("contacts.jsonl", self.contacts().stream().map(Json::contact));
    write("rooms.jsonl", self.rooms().stream().map(room -> Json.room(room.info(), room.state())));
    try (ExportWriter writer = new JsonExportWriter(open(name(Form.JSONL)))) {
      for (RoomView room : self.rooms()) {
        read(
            room,
            message -> {
              if (message.entry().author().account() == account) {
                writer.add(new Leaf(message, fetched(message, room.room() + "-"), Quote.NONE));
                messages++;
              }
            });
      }
    }
    complete(name(Form.JSONL));
    return new Written(messages, files, missing);
  }

  private void prepare() throws IOException {
    PrivateFiles.createFolder(order.folder());
    boolean unused = PrivateFiles.close(order.folder(), 0).isEmpty();
    try (Stream<Path> there = Files.list(order.folder())) {
      if (there.findAny().isPresent()) {
        throw new IOException(order.folder() + " is not empty");
      }
    }
    if (order.files()) {
      PrivateFiles.createFolder(order.folder().resolve("files"));
    }
  }

  private interface Reader {
    void take(Message message) throws IOException, RefusedException, InterruptedException;
  }

  private void read(RoomView view, Reader reader)
      throws IOException, RefusedException, InterruptedException {
    long number = 0;
    while (number < view.head()) {
      Reply.Page page = await(client.pageAfter(view.room(), number, client.limits().page()));
      if (page.entries().isEmpty()) {
        return;
      }
      for (Message message : Message.fold(page.entries(), page.about())) {
        if (message.entry().number() <= view.head()) {
          reader.take(message);
          if (order.files() && message.content() instanceof Content.File) {
            progress.at(view, message.entry().number());
          }
        }
      }
      number = page.entries().getLast().number();
      progress.at(view, Math.min(number, view.head()));
    }
  }

  private static String name(Form form) {
    return switch (form) {
      case JSONL -> "messages.jsonl";
      case HTML -> "messages.html";
      case TEXT -> "messages.txt";
    };
  }

  private ExportWriter sheet(Form form, RoomView view) throws IOException {
    Writer out = open(name(form));
    return switch (form) {
      case JSONL -> new JsonExportWriter(out);
      case HTML -> new HtmlExportWriter(out, order.zone(), view.info());
      case TEXT -> new TextExportWriter(out, new MessageFormatter(order.zone()));
    };
  }

  private Writer open(String name) throws IOException {
    return Files.newBufferedWriter(part(name), StandardCharsets.UTF_8);
  }

  private Path part(String name) {
    return order.folder().resolve(name + ".part");
  }

  private void complete(String name) throws IOException {
    Files.move(part(name), order.folder().resolve(name));
    boolean unused = PrivateFiles.close(order.folder(), 2).isEmpty();
  }

  private static void close(List<ExportWriter> sheets) throws IOException {
    IOException failed = null;
    for (ExportWriter writer : sheets) {
      try {
        writer.close();
      } catch (IOException e) {
        failed = e;
      }
    }
    if (failed != null) {
      throw failed;
    }
  }

  private void write(String name, Stream<String> lines) throws IOException {
    Files.write(order.folder().resolve(name), (Iterable<String>) lines::iterator);
  }

  /** Fetches the file of a message; its path below the folder, empty if there is none. */
  private String fetched(Message message, String prefix) throws InterruptedException {
    if (!order.files() || !(message.content() instanceof Content.File file)) {
      return "";
    }
    String name = "files/" + prefix + message.entry().number() + "-" + safe(file.name());
    return switch (client.fetch(message.entry(), order.folder().resolve(name))) {
      case Transfer.Finished finished -> {
        files++;
        yield name;
      }
      case Transfer.Failed _, Transfer.Cancelled _, Transfer.Running _ -> {
        missing++;
        yield "";
      }
    };
  }

  /** A name that is one on every system; the number before it keeps names apart. */
  static String safe(String name) {
    StringBuilder safe = new StringBuilder();
    int bytes = 0;
    for (int c : name.codePoints().toArray()) {
      int kept = Character.isLetterOrDigit(c) || c == '.' || c == '-' ? c : '_';
      bytes += Character.toString(kept).getBytes(StandardCharsets.UTF_8).length;
      if (bytes > NAME_BYTES) {
        break;
      }
      safe.appendCodePoint(kept);
    }
    return safe.toString().replaceAll("\\.+$", "_");
  }

  private Quote quote(Message message) throws IOException, RefusedException, InterruptedException {
    quotes.put(message.entry().number(), quoteOf(message));
    if (!(message.content() instanceof Content.Text text) || text.reply() == 0) {
      return Quote.NONE;
    }
    Quote known = quotes.get(text.reply());
    return known != null ? known : quote(message.entry().room(), text.reply());
  }

  /** Asks for a message that is answered long after. */
  private Quote quote(long room, long number)
      throws IOException, RefusedException, InterruptedException {
    Reply.Page page = await(client.pageAfter(room, number - 1, 1));
    for (Message message : Message.fold(page.entries(), page.about())) {
      if (message.entry().number() == number) {
        return quoteOf(message);
      }
    }
    return new Quote(number, "", "");
  }

  private static Quote quoteOf(Message message) {
    Event.Entry entry = message.entry();
    String words =
        switch (message.content()) {
          case Content.Text text -> text.text().strip();
          case Content.File file -> file.name();
          default -> "";
        };
    String author = words.isEmpty() ? "" : entry.author().shown();
    return new Quote(
        entry.number(),
        author,
        words.codePointCount(0, words.length()) > QUOTE
            ? words.substring(0, words.offsetByCodePoints(0, QUOTE)) + "…"
            : words);
  }

  private static <T> T await(CompletableFuture<T> answer)
      throws IOException, RefusedException, InterruptedException {
    try {
      return answer.get(ANSWER_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RefusedException refused) {
        throw refused;
      }
      throw new LinkLostException("the server is out of reach", e);
    } catch (TimeoutException e) {
      throw new LinkLostException("no answer", e);
    }
  }
}
