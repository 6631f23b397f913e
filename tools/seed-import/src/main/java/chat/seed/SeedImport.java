// SPDX-License-Identifier: Apache-2.0
package chat.seed;

import chat.admin.client.RefusedException;
import chat.seed.SeedRow.Attachment;
import chat.seed.SeedRow.Friends;
import chat.seed.SeedRow.Said;
import chat.seed.SeedRow.Text;
import chat.seed.SeedRow.User;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Imports into a running server what a database of the original holds: first the people, then who
 * are friends, then what was said in its order. What is there already stays as it is, so that it
 * can be said again, as a whole or from where it broke off.
 *
 * <p>Passwords go over the operator's socket alone and are written nowhere.
 *
 * <p><b>Threads.</b> For one thread.
 */
final class SeedImport {
  /** A request has at most 64 KiB. */
  private static final int REQUEST_BYTES = 60 << 10;

  private static final int AT_ONCE = 200;

  /** Each password takes a while. */
  private static final int PEOPLE_AT_ONCE = 10;

  private final SeedFile seed;
  private final Operator operator;
  private final Map<String, String> names;
  private final Path folder;
  private final Report report;
  private final Consumer<String> progress;

  /** What the file says was said, in its order. */
  private final List<Said> read = new ArrayList<>();

  /**
   * @param names other names for some of the people
   * @param folder for files on their way, which the server reads there
   * @param progress hears how far it is
   */
  SeedImport(
      SeedFile seed,
      Operator operator,
      Map<String, String> names,
      Path folder,
      Report report,
      Consumer<String> progress) {
    this.seed = seed;
    this.operator = operator;
    this.names = names;
    this.folder = folder;
    this.report = report;
    this.progress = progress;
  }

  /** Something on its way, in the words for it. */
  private record Parcel(Kind kind, String place, List<String> words) {
    int bytes() {
      return words.stream()
          .mapToInt(word -> word.getBytes(StandardCharsets.UTF_8).length + 1)
          .sum();
    }
  }

  /** After {@link #run}: puts everything right that stands before what it belongs behind. */
  void reorder() throws IOException, InterruptedException {
    Map<String, Said> last = new HashMap<>();
    List<Parcel> placements = new ArrayList<>();
    for (Said each : read) {
      if (report.isRefused(each.place())) {
        continue;
      }
      Optional<Said> behind = Optional.ofNullable(last.put(room(each), each));
      placements.add(
          new Parcel(
              Kind.ORDER,
              each.place(),
              List.of(
                  each.id().toString(),
                  as(each.author()),
                  behind.map(said -> said.id().toString()).orElse(""),
                  behind.map(said -> as(said.author())).orElse(""))));
    }
    send("order", AT_ONCE, placements);
  }

  /** The two who talk, or nothing for the Lobby. */
  private String room(Said said) {
    return switch (said) {
      case Attachment _ -> "";
      case Text text when text.peer().isEmpty() -> "";
      case Text text ->
          Stream.of(as(text.author()), as(text.peer())).sorted().collect(Collectors.joining("\0"));
    };
  }

  void run() throws IOException, InterruptedException {
    List<User> users = seed.users();
    List<Parcel> newcomers =
        send(
            "people",
            PEOPLE_AT_ONCE,
            users.stream()
                .map(user ->
                    new Parcel(
                        Kind.PEOPLE,
                        "user " + user.name(),
                        List.of(as(user.name()), user.password())))
                .toList());
    send("friends", AT_ONCE, seed.friends().stream().map(this::parcel).toList());
    List<Said> said = seed.said();
    said(said);
    List<Text> privately = seed.privately();
    send("texts", AT_ONCE, privately.stream().map(text -> parcel(Kind.PRIVATE, text)).toList());
    read.addAll(said);
    read.addAll(privately);
    // Those who were here before have not read what is new.
    for (int from = 0; from < newcomers.size(); from += AT_ONCE) {
      List<String> people =
          newcomers.subList(from, Math.min(newcomers.size(), from + AT_ONCE)).stream()
              .map(newcomer -> newcomer.words().getFirst())
              .toList();
      operator.imports("read", people);
    }
  }

  private String as(String name) {
    return names.getOrDefault(name, name);
  }

  private Parcel parcel(Friends pair) {
    return new Parcel(
        Kind.FRIENDS,
        pair.one() + " and " + pair.other(),
        List.of(as(pair.one()), as(pair.other())));
  }

  private Parcel parcel(Kind kind, Text text) {
    return new Parcel(
        kind,
        text.place(),
        List.of(
            text.id().toString(),
            as(text.author()),
            text.peer().isEmpty() ? "" : as(text.peer()),
            Long.toString(text.time()),
            text.text()));
  }

  /** Texts in one go between two files. */
  private void said(List<Said> said) throws IOException, InterruptedException {
    List<Parcel> texts = new ArrayList<>();
    int done = 0;
    for (Said each : said) {
      switch (each) {
        case Text text -> texts.add(parcel(Kind.TEXTS, text));
        case Attachment attachment -> {
          send("texts", AT_ONCE, texts);
          texts.clear();
          send(attachment);
        }
      }
      if (++done % AT_ONCE == 0) {
        send("texts", AT_ONCE, texts);
        texts.clear();
        progress.accept("%,d of %,d texts and files".formatted(done, said.size()));
      }
    }
    send("texts", AT_ONCE, texts);
  }

  private void send(Attachment attachment) throws IOException, InterruptedException {
    Path file = folder.resolve(Long.toString(attachment.number()));
    try {
      try {
        seed.content(attachment, file);
      } catch (SQLException e) {
        report.broken(
            Kind.FILES, attachment.place(), "its content can't be read: " + e.getMessage());
        return;
      }
      List<String> words =
          List.of(
              attachment.id().toString(),
              as(attachment.author()),
              Long.toString(attachment.time()),
              attachment.name(),
              file.toString());
      send("file", List.of(new Parcel(Kind.FILES, attachment.place(), words)));
    } finally {
      Files.deleteIfExists(file);
    }
  }

  /**
   * Sends as many at once as a request holds.
   *
   * @return those that were not there yet
   */
  private List<Parcel> send(String word, int most, List<Parcel> parcels)
      throws IOException, InterruptedException {
    List<Parcel> fresh = new ArrayList<>();
    List<Parcel> batch = new ArrayList<>();
    int bytes = 0;
    for (Parcel parcel : parcels) {
      if (parcel.bytes() > REQUEST_BYTES) {
        report.broken(parcel.kind(), parcel.place(), "it is longer than any text may be");
        continue;
      }
      if (batch.size() == most || bytes + parcel.bytes() > REQUEST_BYTES) {
        fresh.addAll(send(word, batch));
        batch.clear();
        bytes = 0;
      }
      batch.add(parcel);
      bytes += parcel.bytes();
    }
    fresh.addAll(send(word, batch));
    return fresh;
  }

  private List<Parcel> send(String word, List<Parcel> batch)
      throws IOException, InterruptedException {
    if (batch.isEmpty()) {
      return List.of();
    }
    List<String> words = new ArrayList<>();
    batch.forEach(parcel -> words.addAll(parcel.words()));
    List<Outcome> answers;
    try {
      answers = operator.imports(word, words);
    } catch (RefusedException e) {
      if (!Operator.isOfTheThing(e)) {
        throw e;
      }
      return sendEach(word, batch, e);
    }
    if (answers.size() != batch.size()) {
      throw new IOException("the server gave " + answers.size() + " answers to " + batch.size());
    }
    List<Parcel> fresh = new ArrayList<>();
    for (int i = 0; i < answers.size(); i++) {
      Parcel parcel = batch.get(i);
      Outcome answer =
          parcel.kind() != Kind.ORDER && answers.get(i) instanceof Outcome.Refused refused
              ? asEarlier(word, parcel, refused)
              : answers.get(i);
      report.answered(parcel.kind(), parcel.place(), answer);
      if (answer instanceof Outcome.Imported) {
        fresh.add(parcel);
      }
    }
    return fresh;
  }

  /** A text with emoji may be here as an earlier build imported it: with other pictures. */
  private Outcome asEarlier(String word, Parcel parcel, Outcome.Refused refused)
      throws IOException, InterruptedException {
    List<String> words = new ArrayList<>(parcel.words());
    words.add(SeedFile.earlier(words.removeLast()));
    boolean other = refused.why().contains("under its id") && !words.equals(parcel.words());
    return other ? operator.imports(word, words).getFirst() : refused;
  }

  /** Something in a batch is nothing for the server: the others come in without it. */
  private List<Parcel> sendEach(String word, List<Parcel> batch, RefusedException refused)
      throws IOException, InterruptedException {
    if (batch.size() == 1) {
      Parcel parcel = batch.getFirst();
      report.broken(parcel.kind(), parcel.place(), String.valueOf(refused.getMessage()));
      return List.of();
    }
    List<Parcel> fresh = new ArrayList<>();
    for (Parcel parcel : batch) {
      fresh.addAll(send(word, List.of(parcel)));
    }
    return fresh;
  }
}
