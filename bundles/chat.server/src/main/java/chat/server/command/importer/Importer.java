// SPDX-License-Identifier: Apache-2.0
package chat.server.command.importer;

import chat.server.base.FileNames;
import chat.server.base.Seals;
import chat.server.room.Directory;
import chat.server.room.Room;
import chat.server.session.Devices;
import chat.server.session.Passwords;
import chat.server.session.SessionContext;
import chat.server.store.StoreAccess;
import chat.storage.Outcome;
import chat.storage.StorageException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/**
 * Takes in what people had and said elsewhere, before they came here: accounts with their
 * passwords, friendships, texts and files with their times. Who had which name there is remembered,
 * and messages bring the ids that they get, so that the same again changes nothing.
 *
 * <p>Texts of one call are handed to the journal together, in their order; it makes few commits of
 * them.
 *
 * <p><b>Threads.</b> Operators'; calls wait for the disk.
 */
public record Importer(
    ImportedNames names,
    PeopleImport people,
    MessageImport messages,
    StoreAccess access,
    Directory directory) {

  /** Of a server at work. */
  public static Importer of(
      SessionContext context, Seals seals, Passwords passwords, InstantSource clock) {
    StoreAccess access = context.access();
    Directory directory = context.directory();
    Devices devices = context.online().devices();
    ImportedNames names = new ImportedNames(access, directory);
    return new Importer(
        names,
        new PeopleImport(names, access, directory, devices, seals, passwords, clock),
        new MessageImport(access, directory, devices, seals, context.limits(), clock),
        access,
        directory);
  }

  private static final String USAGE =
      """
      usage: take person (NAME PASSWORD)...
             take friends (NAME NAME)...
             take texts (ID AUTHOR PEER TIME TEXT)...   with no PEER: in the Lobby
             take file ID AUTHOR TIME NAME PATH
             take read NAME...\
      """;

  static final String NEW = "new";

  static final String THERE = "there";

  private static final String REFUSED = "refused ";

  private static final int TEXT_WORDS = 5;

  /** A line for each thing: {@code new}, {@code there}, or {@code refused} and why. */
  public String run(String... words) throws StorageException, IOException {
    if (words.length == 0) {
      throw new IllegalArgumentException(USAGE);
    }
    List<String> rest = Arrays.asList(words).subList(1, words.length);
    List<String> lines =
        switch (words[0]) {
          case "person" -> people(groups(rest, 2));
          case "friends" -> friends(groups(rest, 2));
          case "texts" -> texts(groups(rest, TEXT_WORDS));
          case "file" -> List.of(file(rest));
          case "read" -> read(rest);
          default -> throw new IllegalArgumentException(USAGE);
        };
    return String.join("\n", lines);
  }

  private static List<List<String>> groups(List<String> words, int size) {
    if (words.size() % size != 0) {
      throw new IllegalArgumentException(USAGE);
    }
    List<List<String>> groups = new ArrayList<>();
    for (int i = 0; i < words.size(); i += size) {
      groups.add(words.subList(i, i + size));
    }
    return groups;
  }

  private List<String> people(List<List<String>> pairs) throws StorageException {
    List<String> lines = new ArrayList<>();
    for (List<String> each : pairs) {
      try {
        lines.add(people.person(each.getFirst(), each.getLast()));
      } catch (NotImportedException e) {
        lines.add(REFUSED + e.getMessage());
      }
    }
    return lines;
  }

  private List<String> friends(List<List<String>> pairs) throws StorageException {
    List<String> lines = new ArrayList<>();
    for (List<String> pair : pairs) {
      try {
        lines.add(people.friends(names.account(pair.getFirst()), names.account(pair.getLast())));
      } catch (NotImportedException e) {
        lines.add(REFUSED + e.getMessage());
      }
    }
    return lines;
  }

  private List<String> texts(List<List<String>> texts) throws StorageException {
    List<CompletableFuture<Outcome>> outcomes = new ArrayList<>();
    List<String> lines = new ArrayList<>();
    for (List<String> each : texts) {
      try {
        outcomes.add(text(each));
        lines.add("");
      } catch (NotImportedException e) {
        lines.add(REFUSED + e.getMessage());
      }
    }
    int next = 0;
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).isEmpty()) {
        lines.set(i, line(access.await(outcomes.get(next++))));
      }
    }
    return lines;
  }

  private static String line(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Committed committed -> NEW;
      case Outcome.Repeated repeated -> THERE;
      case Outcome.Refused(var reason, int condition) ->
          REFUSED
              + switch (reason) {
                case ID_TAKEN -> "something else is here under its id";
                case BLOB_INCOMPLETE -> "it did not arrive as a whole";
                case CONDITION -> "its author is no member of the room";
                case ABOUT_UNKNOWN -> "what it is about is not here";
              };
    };
  }

  private CompletableFuture<Outcome> text(List<String> words)
      throws StorageException, NotImportedException {
    UUID id = id(words.get(0));
    long author = names.account(words.get(1));
    String peer = words.get(2);
    long said = time(words.get(3));
    return messages.text(
        id,
        author,
        peer.isEmpty() ? Optional.empty() : Optional.of(names.account(peer)),
        said,
        words.get(4));
  }

  private static UUID id(String word) throws NotImportedException {
    try {
      return UUID.fromString(word);
    } catch (IllegalArgumentException e) {
      throw new NotImportedException("its id is none");
    }
  }

  private static long time(String word) throws NotImportedException {
    try {
      return Long.parseLong(word);
    } catch (NumberFormatException e) {
      throw new NotImportedException("its time is none");
    }
  }

  private String file(List<String> words) throws StorageException, IOException {
    if (words.size() != TEXT_WORDS) {
      throw new IllegalArgumentException(USAGE);
    }
    try {
      return line(
          messages.file(
              id(words.get(0)),
              names.account(words.get(1)),
              time(words.get(2)),
              FileNames.label(words.get(3)),
              Path.of(words.get(4))));
    } catch (NotImportedException e) {
      return REFUSED + e.getMessage();
    }
  }

  /** What was taken in is nothing new to these people. */
  private List<String> read(List<String> read) throws StorageException {
    List<String> lines = new ArrayList<>();
    for (String name : read) {
      try {
        long account = names.account(name);
        for (Room room : directory.rooms().of(account)) {
          people.read(room, account);
        }
        lines.add(NEW);
      } catch (NotImportedException e) {
        lines.add(REFUSED + e.getMessage());
      }
    }
    return lines;
  }
}
