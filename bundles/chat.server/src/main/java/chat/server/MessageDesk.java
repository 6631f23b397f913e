// SPDX-License-Identifier: Apache-2.0
package chat.server;

import chat.protocol.Command;
import chat.protocol.Content;
import chat.protocol.Cursor;
import chat.protocol.Limits;
import chat.protocol.Problem;
import chat.server.Bodies.Body;
import chat.server.Bodies.StoredFile;
import chat.storage.Cell;
import chat.storage.CellKey;
import chat.storage.Change.BlobCommit;
import chat.storage.Change.CellVersion;
import chat.storage.Change.CellWrite;
import chat.storage.Envelope;
import chat.storage.Row;
import chat.storage.StorageException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Saying something, and what is done to what was said.
 *
 * <p>A change of a text and its deletion meet in the message's revision cell: of two at the same
 * moment one begins anew and sees the other. So a deletion erases every version there is.
 */
record MessageDesk(Services services, Gate gate, Reading reading) {
  private static final Logger LOG = LoggerFactory.getLogger(MessageDesk.class);
  private static final int MENTIONED = 100;
  private static final int REACTIONS = 50;
  private static final long AGAIN_MILLIS = 50;

  void post(Call call, Command.Post post) {
    Room room = gate.room(call, post.room(), Right.WRITE);
    if (room == null) {
      return;
    }
    String text = Texts.lines(post.text());
    if (!sound(call, text)) {
      return;
    }
    if (post.reply() < 0 || post.reply() > room.tail().head()) {
      call.refuse(Problem.ENTRY_UNKNOWN, "there is nothing to reply to");
    } else if (gate.pace(call, RateLimits.Kind.MESSAGE)) {
      Content.Text content =
          new Content.Text(text, post.reply(), post.important(), mentions(room, text), "");
      say(call, room, post.id(), content).submit(MessageDesk::tryLater);
    }
  }

  /**
   * The room or the membership changed between the asking and the disk. A text is not asked for
   * anew here: what its author said behind it may be on disk already, and it would come after that.
   */
  private static void tryLater(Call call) {
    call.fail(Problem.BUSY, "the room has just changed", AGAIN_MILLIS);
  }

  private boolean sound(Call call, String text) {
    Texts.Fault fault = Texts.fault(text, services.limits().text());
    if (fault != null) {
      call.fail(fault.problem(), fault.detail());
    }
    return fault == null;
  }

  private Step say(Call call, Room room, UUID id, Content.Text content) {
    // Who is mentioned depends on who is here by now; a repeat is known by what was sent.
    byte[] sent =
        Bodies.of(
                new Content.Text(
                    content.text(),
                    content.reply(),
                    content.important(),
                    List.of(),
                    content.forwarded()))
            .bytes();
    return new Step(call, room, id, Bodies.of(content), content)
        .asMember()
        .hashed(sent)
        .tokens(tokens(room.id(), call.who(), content.text(), content.mentions()));
  }

  /** The words under which a text is found. */
  List<Long> tokens(long room, long author, String text, List<Long> mentions) {
    Set<String> words = new LinkedHashSet<>();
    words.add(Tokens.from(author));
    mentions.forEach(account -> words.add(Tokens.mention(account)));
    if (text.contains("http://") || text.contains("https://")) {
      words.add(Tokens.LINK);
    }
    words.addAll(Tokens.words(text));
    return services.seals().tokens(room, words);
  }

  /** The members whose names stand behind an at sign: of several that fit, the longest name. */
  private List<Long> mentions(Room room, String text) {
    Set<Long> mentioned = new LinkedHashSet<>();
    for (int at = text.indexOf('@');
        at >= 0 && mentioned.size() < MENTIONED;
        at = text.indexOf('@', at + 1)) {
      Long account = named(room, text, at + 1);
      if (account != null) {
        mentioned.add(account);
      }
    }
    return List.copyOf(mentioned);
  }

  private @Nullable Long named(Room room, String text, int from) {
    int line = text.indexOf('\n', from);
    int most = Math.min(line < 0 ? text.length() : line, from + 2 * Limits.NAME);
    for (int to = most; to > from; to--) {
      Optional<Account> account = services.accounts().named(Names.fold(text.substring(from, to)));
      if (account.isPresent() && room.member(account.get().id()) != null) {
        return account.get().id();
      }
    }
    return null;
  }

  void edit(Call call, Command.Edit edit) {
    Room room = gate.room(call, edit.target().room(), Right.EDIT);
    String text = Texts.lines(edit.text());
    if (room == null || !sound(call, text) || !gate.pace(call, RateLimits.Kind.MESSAGE)) {
      return;
    }
    call.unlessDone(() -> {
      CellKey revision = Cells.revision(room.id(), edit.target().number());
      long version = version(revision);
      Row.Entry target = target(call, edit.target());
      if (target == null) {
        return;
      }
      if (target.envelope().kind() == Bodies.FILE) {
        call.fail(Problem.ENTRY_UNKNOWN, "a file is not changed");
      } else if (target.envelope().author() != call.who()) {
        call.fail(Problem.NOT_ALLOWED, "only who wrote it may change it");
      } else if (reading.about(room.id(), target.number()).size() >= Reading.MOST_ABOUT) {
        call.fail(Problem.LIMIT_REACHED, "it was changed too often");
      } else {
        List<Long> mentions = mentions(room, text);
        Content.Edited content = new Content.Edited(target.number(), text, mentions);
        new Step(call, room, edit.id(), Bodies.of(content), content)
            .asMember()
            .relying(new CellVersion(revision, version))
            .writing(new CellWrite(revision, new byte[0]))
            .hashed(Bodies.of(new Content.Edited(target.number(), text, List.of())).bytes())
            .about(target.number())
            .tokens(tokens(room.id(), call.who(), text, mentions))
            .submit(again -> edit(again, edit));
      }
    });
  }

  private long version(CellKey key) throws StorageException {
    return services.read((store, generation) -> store.cell(key)).map(Cell::version).orElse(0L);
  }

  /** The message at a target; answers if there is none. */
  private Row.@Nullable Entry target(Call call, Cursor target) throws StorageException {
    Optional<Row.Entry> entry = reading.entry(target.room(), target.number());
    boolean fits =
        entry.isPresent()
            && Reading.MESSAGES.contains(entry.get().envelope().kind())
            && Cursor.prefix(entry.get().envelope().id()) == target.id();
    if (!fits) {
      call.fail(Problem.ENTRY_UNKNOWN, "there is no such message any more");
      return null;
    }
    return entry.get();
  }

  void delete(Call call, Command.Delete delete) {
    Room room = gate.room(call, delete.target().room(), Right.DELETE_OWN);
    if (room == null || !gate.pace(call, RateLimits.Kind.MESSAGE)) {
      return;
    }
    call.unlessDone(() -> {
      CellKey revision = Cells.revision(room.id(), delete.target().number());
      long version = version(revision);
      Row.Entry target = target(call, delete.target());
      if (target == null
          || target.envelope().author() != call.who() && !gate.allowed(call, room, Right.DELETE)) {
        return;
      }
      long number = target.number();
      Step step =
          new Step(
                  call,
                  room,
                  delete.id(),
                  Bodies.empty(Bodies.DELETED),
                  new Content.Deleted(number))
              .asMember()
              .relying(new CellVersion(revision, version))
              .writing(new CellWrite(revision, new byte[0]))
              .writing(new CellWrite(Cells.pin(room.id(), number), null))
              .about(number)
              .erasing(number);
      for (Row row : reading.about(room.id(), number)) {
        if (row instanceof Row.Entry entry && entry.envelope().kind() == Bodies.EDITED) {
          step.erasing(row.number());
        }
      }
      if (target.envelope().kind() == Bodies.FILE) {
        step.dropping(file(target).blob());
      }
      step.submit(again -> delete(again, delete));
    });
  }

  private StoredFile file(Row.Entry entry) throws SealException, IOException {
    return Bodies.file(services.entries().body(entry));
  }

  void react(Call call, Command.React react) {
    Room room = gate.room(call, react.target().room(), Right.REACT);
    if (room == null) {
      return;
    }
    if (!Reactions.valid(react.emoji())) {
      call.fail(Problem.TEXT_INVALID, "a reaction is one emoji");
      return;
    }
    if (!gate.pace(call, RateLimits.Kind.MESSAGE)) {
      return;
    }
    call.unlessDone(() -> {
      Row.Entry target = target(call, react.target());
      if (target == null) {
        return;
      }
      List<Row> about = reading.about(room.id(), target.number());
      int most = react.on() ? Reading.MOST_REACTIONS : Reading.MOST_ABOUT;
      if (about.size() >= most || react.on() && tooMany(about, react.emoji())) {
        call.fail(Problem.LIMIT_REACHED, "there are too many reactions");
        return;
      }
      Content.Reacted content = new Content.Reacted(target.number(), react.emoji(), react.on());
      new Step(call, room, react.id(), Bodies.of(content), content)
          .asMember()
          .about(target.number())
          .submit(again -> react(again, react));
    });
  }

  private boolean tooMany(List<Row> about, String emoji) {
    if (bodies(about) < REACTIONS) {
      return false;
    }
    Set<String> kinds = new HashSet<>();
    services
        .entries()
        .openAll(about)
        .forEach(entry -> {
          if (entry.content() instanceof Content.Reacted reacted) {
            kinds.add(reacted.emoji());
          }
        });
    return kinds.size() >= REACTIONS && !kinds.contains(emoji);
  }

  /** How many different bodies there are; nothing has to be opened for that. */
  private static long bodies(List<Row> about) {
    return about.stream()
        .filter(Row.Entry.class::isInstance)
        .map(row -> ((Row.Entry) row).envelope().hash())
        .distinct()
        .count();
  }

  void pin(Call call, Command.Pin pin) {
    Room room = gate.room(call, pin.target().room(), Right.PIN);
    if (room == null || !gate.pace(call, RateLimits.Kind.MESSAGE)) {
      return;
    }
    call.unlessDone(() -> {
      Row.Entry target = target(call, pin.target());
      if (target == null) {
        return;
      }
      if (pin.on() && Reading.full(reading.pins(room.id()))) {
        call.fail(Problem.LIMIT_REACHED, "unpin something first");
        return;
      }
      if (reading.about(room.id(), target.number()).size() >= Reading.MOST_ABOUT) {
        call.fail(Problem.LIMIT_REACHED, "it was pinned and unpinned too often");
        return;
      }
      CellKey key = Cells.pin(room.id(), target.number());
      CellKey revision = Cells.revision(room.id(), target.number());
      Content.Pinned content = new Content.Pinned(target.number(), pin.on());
      new Step(call, room, pin.id(), Bodies.of(content), content)
          .asMember()
          .relying(new CellVersion(revision, version(revision)))
          .writing(new CellWrite(key, pin.on() ? new byte[0] : null))
          .about(target.number())
          .submit(again -> pin(again, pin));
    });
  }

  /** Says again, in another room, what stands somewhere; a file gets bytes of its own. */
  void forward(Call call, Command.Forward forward) {
    Room from = gate.room(call, forward.target().room());
    Room to = from == null ? null : gate.room(call, forward.room(), Right.WRITE);
    if (from == null || to == null || !gate.pace(call, RateLimits.Kind.MESSAGE)) {
      return;
    }
    call.unlessDone(() -> {
      Row.Entry target = target(call, forward.target());
      if (target == null) {
        return;
      }
      Envelope at = target.envelope();
      String author = services.accounts().person(at.author()).shown();
      byte[] sent = ByteBuffer.allocate(16).putLong(at.stream()).putLong(at.number()).array();
      if (at.kind() == Bodies.FILE) {
        forwardFile(call, to, forward, file(target), author, sent);
      } else {
        String text = reading.currentText(target);
        Content.Text content = new Content.Text(text, 0, false, mentions(to, text), author);
        say(call, to, forward.id(), content).hashed(sent).submit(again -> forward(again, forward));
      }
    });
  }

  private void forwardFile(
      Call call, Room to, Command.Forward forward, StoredFile file, String author, byte[] sent)
      throws StorageException, SealException {
    Content.File shown =
        new Content.File(
            file.shown().name(),
            file.shown().mediaType(),
            file.shown().size(),
            file.shown().sha256(),
            author);
    SealedBlob source = new SealedBlob(file.blob(), file.key(), shown.size());
    StoredFile copy = new StoredFile(shown, UUID.randomUUID(), Aes.random(SealedBlob.KEY));
    SealedBlob blob = new SealedBlob(copy.blob(), copy.key(), shown.size());
    try {
      for (long piece = 0; piece < source.pieces(); piece++) {
        byte[] sealed = blob.seal(piece, source.read(services, piece));
        long offset = SealedBlob.offset(piece);
        services.stage(blob.id(), (store, generation) -> store.stage(blob.id(), offset, sealed));
      }
    } catch (StorageException | SealException | RuntimeException e) {
      discard(blob);
      throw e;
    }
    new Step(call, to, forward.id(), new Body(Bodies.FILE, Bodies.file(copy)), shown)
        .asMember()
        .hashed(sent)
        .tokens(fileTokens(to.id(), call.who(), shown))
        .committing(new BlobCommit(blob.id(), blob.sealedLength()))
        .submit(again ->
            again.read(() -> {
              discard(blob);
              forward(again, forward);
            }));
  }

  /** Lets go of a copy that nothing will commit; if that fails, the store's next start does. */
  private void discard(SealedBlob blob) {
    try {
      services.stage(
          blob.id(),
          (store, generation) -> {
            store.discard(blob.id());
            return true;
          });
    } catch (StorageException e) {
      LOG.warn("A copy of a file stays for now: {}", e.getMessage());
    }
  }

  /** The words under which a file is found. */
  List<Long> fileTokens(long room, long author, Content.File file) {
    Set<String> words = new LinkedHashSet<>(List.of(Tokens.from(author), Tokens.FILE));
    words.addAll(Tokens.words(file.name()));
    return services.seals().tokens(room, new ArrayList<>(words));
  }
}
