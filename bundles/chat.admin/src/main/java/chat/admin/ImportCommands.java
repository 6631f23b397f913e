// SPDX-License-Identifier: Apache-2.0
package chat.admin;

import chat.admin.command.Arguments;
import chat.admin.command.Command;
import chat.admin.command.CommandException;
import chat.admin.command.Fields;
import chat.operations.ImportOperations;
import chat.operations.ImportOperations.Friendship;
import chat.operations.ImportOperations.Message;
import chat.operations.ImportOperations.Person;
import chat.operations.ImportOperations.Placement;
import chat.operations.ImportOperations.SharedFile;
import chat.operations.ImportOperations.Text;
import chat.operations.ImportOutcome;
import chat.operations.OperationException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The command with which programs import what people had elsewhere. */
record ImportCommands(Operations operations) {
  private static final int TEXT_WORDS = 5;
  private static final int PLACEMENT_WORDS = 4;

  List<Command> all() {
    return List.of(
        Command.of(
                "import",
                "Import what people had elsewhere: people (NAME PASSWORD)..., friends (NAME"
                    + " NAME)..., texts (ID AUTHOR PEER MILLIS TEXT)... with an empty PEER for the"
                    + " Lobby, file ID AUTHOR MILLIS NAME PATH, order (ID AUTHOR BEHIND-ID"
                    + " BEHIND-AUTHOR)... with empty ones for the first, read NAME...",
                "outcomes: for each thing outcome (imported, present, refused) and why",
                this::run)
            .parameter("KIND", Command.Count.ONE)
            .parameter("WORD", Command.Count.ANY));
  }

  /** Makes something of some words. */
  @FunctionalInterface
  private interface Reader<T> {
    T read(List<String> words);
  }

  private Map<String, Object> run(Arguments arguments) throws CommandException, OperationException {
    List<String> words = arguments.positional().subList(1, arguments.count());
    ImportOperations imports = operations.imports();
    List<ImportOutcome> outcomes =
        switch (arguments.first()) {
          case "people" ->
              imports.people(groups(arguments, words, 2, w -> new Person(w.get(0), w.get(1))));
          case "friends" ->
              imports.friendships(
                  groups(arguments, words, 2, w -> new Friendship(w.get(0), w.get(1))));
          case "texts" -> imports.texts(groups(arguments, words, TEXT_WORDS, ImportCommands::text));
          case "file" -> {
            List<SharedFile> files =
                groups(arguments, words, TEXT_WORDS, ImportCommands::sharedFile);
            if (files.size() != 1) {
              throw arguments.wrong("one file at a time");
            }
            yield List.of(imports.file(files.getFirst()));
          }
          case "order" ->
              imports.order(groups(arguments, words, PLACEMENT_WORDS, ImportCommands::placement));
          case "read" -> imports.markRead(words);
          default -> throw arguments.wrong("nothing is imported as " + arguments.first());
        };
    return Map.of("outcomes", outcomes.stream().map(ImportCommands::fields).toList());
  }

  private static <T> List<T> groups(
      Arguments arguments, List<String> words, int size, Reader<T> reader) throws CommandException {
    if (words.isEmpty() || words.size() % size != 0) {
      throw arguments.wrong(arguments.first() + " takes " + size + " words for each");
    }
    List<T> groups = new ArrayList<>();
    for (int i = 0; i < words.size(); i += size) {
      try {
        groups.add(reader.read(words.subList(i, i + size)));
      } catch (IllegalArgumentException e) {
        throw arguments.wrong(words.get(i) + ": " + e.getMessage());
      }
    }
    return groups;
  }

  private static Text text(List<String> words) {
    String peer = words.get(2);
    return new Text(
        UUID.fromString(words.get(0)),
        words.get(1),
        peer.isEmpty() ? Optional.empty() : Optional.of(peer),
        Instant.ofEpochMilli(Long.parseLong(words.get(3))),
        words.get(4));
  }

  private static Placement placement(List<String> words) {
    String behind = words.get(2);
    return new Placement(
        new Message(UUID.fromString(words.get(0)), words.get(1)),
        behind.isEmpty()
            ? Optional.empty()
            : Optional.of(new Message(UUID.fromString(behind), words.get(3))));
  }

  private static SharedFile sharedFile(List<String> words) {
    return new SharedFile(
        UUID.fromString(words.get(0)),
        words.get(1),
        Instant.ofEpochMilli(Long.parseLong(words.get(2))),
        words.get(3),
        Path.of(words.get(4)));
  }

  private static Map<String, Object> fields(ImportOutcome outcome) {
    return switch (outcome) {
      case ImportOutcome.Imported imported -> Fields.of("outcome", "imported").map();
      case ImportOutcome.Present present -> Fields.of("outcome", "present").map();
      case ImportOutcome.Refused(String why) ->
          Fields.of("outcome", "refused").with("why", why).map();
    };
  }
}
