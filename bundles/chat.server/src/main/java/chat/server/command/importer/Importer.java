// SPDX-License-Identifier: Apache-2.0
package chat.server.command.importer;

import chat.operations.ImportOperations.Friendship;
import chat.operations.ImportOperations.Message;
import chat.operations.ImportOperations.Person;
import chat.operations.ImportOperations.Placement;
import chat.operations.ImportOperations.SharedFile;
import chat.operations.ImportOperations.Text;
import chat.operations.ImportOutcome;
import chat.server.base.Refusal;
import chat.server.base.SealException;
import chat.server.base.Seals;
import chat.server.base.text.FileNames;
import chat.server.room.Directory;
import chat.server.room.Room;
import chat.server.session.Devices;
import chat.server.session.Passwords;
import chat.server.session.SessionContext;
import chat.server.store.StoreAccess;
import chat.storage.Outcome;
import chat.storage.StorageException;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
    MessageOrder order,
    StoreAccess access,
    Directory directory) {

  /** Of a server at work. */
  public static Importer of(
      SessionContext context, Seals seals, Passwords passwords, InstantSource clock) {
    StoreAccess access = context.access();
    Directory directory = context.directory();
    Devices devices = context.online().devices();
    ImportedNames names = new ImportedNames(access, directory, seals);
    return new Importer(
        names,
        new PeopleImport(names, access, directory, devices, seals, passwords, clock),
        new MessageImport(access, directory, devices, seals, context.limits(), clock),
        new MessageOrder(access, context.queries(), seals),
        access,
        directory);
  }

  /** Says what became of one thing. */
  @FunctionalInterface
  private interface Attempt {
    ImportOutcome run() throws Refusal, StorageException;
  }

  private static ImportOutcome outcome(Attempt attempt) throws StorageException {
    try {
      return attempt.run();
    } catch (Refusal e) {
      return new ImportOutcome.Refused(e.detail());
    }
  }

  /** Each of these answers with an outcome for each element, in their order. */
  public List<ImportOutcome> people(List<Person> persons) throws StorageException {
    List<ImportOutcome> outcomes = new ArrayList<>();
    for (Person each : persons) {
      outcomes.add(outcome(() -> people.person(each.name(), each.password())));
    }
    return outcomes;
  }

  public List<ImportOutcome> friendships(List<Friendship> pairs) throws StorageException {
    List<ImportOutcome> outcomes = new ArrayList<>();
    for (Friendship pair : pairs) {
      outcomes.add(
          outcome(() -> people.friends(names.account(pair.one()), names.account(pair.other()))));
    }
    return outcomes;
  }

  public List<ImportOutcome> texts(List<Text> texts) throws StorageException {
    List<Attempt> submitted = new ArrayList<>();
    for (Text text : texts) {
      try {
        CompletableFuture<Outcome> decided = text(text);
        submitted.add(() -> outcome(access.await(decided)));
      } catch (Refusal e) {
        submitted.add(() -> new ImportOutcome.Refused(e.detail()));
      }
    }
    List<ImportOutcome> outcomes = new ArrayList<>();
    for (Attempt each : submitted) {
      outcomes.add(outcome(each));
    }
    return outcomes;
  }

  private CompletableFuture<Outcome> text(Text text) throws Refusal, StorageException {
    long author = names.account(text.author());
    Optional<Long> peer =
        text.peer().isEmpty() ? Optional.empty() : Optional.of(names.account(text.peer().get()));
    return messages.text(text.id(), author, peer, text.time().toEpochMilli(), text.text());
  }

  private static ImportOutcome outcome(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Committed committed -> new ImportOutcome.Imported();
      case Outcome.Repeated repeated -> new ImportOutcome.Present();
      case Outcome.Refused(var reason, int condition) ->
          new ImportOutcome.Refused(
              switch (reason) {
                case ID_TAKEN -> "something else is here under its id";
                case BLOB_INCOMPLETE -> "it did not arrive as a whole";
                case CONDITION -> "its author is no member of the room";
                case ABOUT_UNKNOWN -> "what it is about is not here";
              });
    };
  }

  public ImportOutcome file(SharedFile file) throws StorageException, IOException {
    try {
      return outcome(
          messages.file(
              file.id(),
              names.account(file.author()),
              file.time().toEpochMilli(),
              FileNames.label(file.name()),
              file.path()));
    } catch (Refusal e) {
      return new ImportOutcome.Refused(e.detail());
    }
  }

  /** Puts each behind the one before it. */
  public List<ImportOutcome> order(List<Placement> placements)
      throws StorageException, IOException {
    List<ImportOutcome> outcomes = new ArrayList<>();
    for (Placement each : placements) {
      try {
        outcomes.add(order(each));
      } catch (Refusal e) {
        outcomes.add(new ImportOutcome.Refused(e.detail()));
      } catch (SealException e) {
        outcomes.add(new ImportOutcome.Refused("it can't be opened: " + e.getMessage()));
      }
    }
    return outcomes;
  }

  private ImportOutcome order(Placement placement)
      throws Refusal, StorageException, SealException, IOException {
    Optional<MessageOrder.Imported> behind =
        placement.behind().isEmpty()
            ? Optional.empty()
            : Optional.of(imported(placement.behind().get()));
    Optional<Boolean> moved = order.place(imported(placement.message()), behind);
    if (moved.isEmpty()) {
      return new ImportOutcome.Refused("it is not here");
    }
    return moved.get() ? new ImportOutcome.Imported() : new ImportOutcome.Present();
  }

  private MessageOrder.Imported imported(Message message) throws Refusal, StorageException {
    return new MessageOrder.Imported(names.account(message.author()), message.id());
  }

  public List<ImportOutcome> markRead(List<String> read) throws StorageException {
    List<ImportOutcome> outcomes = new ArrayList<>();
    for (String name : read) {
      outcomes.add(
          outcome(() -> {
            long account = names.account(name);
            for (Room room : directory.rooms().of(account)) {
              people.read(room, account);
            }
            return new ImportOutcome.Imported();
          }));
    }
    return outcomes;
  }
}
