// SPDX-License-Identifier: Apache-2.0
package chat.server.command.message;

import chat.protocol.Command;
import chat.protocol.Content;
import chat.protocol.Limits;
import chat.protocol.Problem;
import chat.server.base.Cells;
import chat.server.base.Refusal;
import chat.server.base.text.Reactions;
import chat.server.base.text.Texts;
import chat.server.command.AccessGuard;
import chat.server.command.Request;
import chat.server.command.RoomTransaction;
import chat.server.command.message.SharedBlobs.Sharing;
import chat.server.room.EntryCodec;
import chat.server.room.Right;
import chat.server.room.Room;
import chat.server.room.RoomQueries;
import chat.server.session.RateLimits;
import chat.storage.CellKey;
import chat.storage.Change.CellVersion;
import chat.storage.Change.CellWrite;
import chat.storage.Row;
import chat.storage.StorageException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Saying something, and what is done to what was said.
 *
 * <p>A change of a text and its deletion meet in the message's revision cell: of two at the same
 * moment one begins anew and sees the other. So a deletion erases every version there is.
 */
public record MessageHandler(
    AccessGuard guard,
    RoomQueries queries,
    MessageTargets targets,
    Posts posts,
    SharedBlobs shared,
    Limits limits) {
  private static final int REACTIONS = 50;

  private static final long AGAIN_MILLIS = 50;

  public void post(Request request, Command.Post post) throws Refusal {
    Room room = posts.admit(request, post.room());
    String text = Texts.lines(post.text());
    Texts.checkMessage(text, limits.text());
    if (post.reply() < 0 || post.reply() > room.tail().head()) {
      throw Refusal.denied(Problem.ENTRY_UNKNOWN, "there is nothing to reply to");
    }
    posts.checkPace(request);
    posts.screened(
        request,
        room,
        text,
        left -> {
          Content.Text content =
              new Content.Text(
                  left, post.reply(), post.important(), posts.mentions().in(room, left), "");
          posts.text(request, room, post.id(), content, text).submit(MessageHandler::postpone);
        });
  }

  /**
   * The room or the membership changed between the asking and the disk. A text is not asked for
   * anew here: what its author said behind it may be on disk already, and it would come after that.
   */
  private static void postpone(Request request) throws Refusal {
    throw Refusal.postponed(Problem.BUSY, "the room has just changed", AGAIN_MILLIS);
  }

  public void edit(Request request, Command.Edit edit) throws Refusal {
    Room room = guard.room(request, edit.target().room(), Right.EDIT);
    String text = Texts.lines(edit.text());
    Texts.checkMessage(text, limits.text());
    guard.checkRate(request, RateLimits.Kind.MESSAGE);
    posts.screened(request, room, text, left -> edit(request, edit, room, left));
  }

  private void edit(Request request, Command.Edit edit, Room room, String text) {
    request.ifNotApplied(() -> {
      CellKey revision = Cells.revision(room.id(), edit.target().number());
      long version = targets.version(revision);
      Row.Entry target = targets.target(edit.target());
      if (target.envelope().kind() == EntryCodec.FILE) {
        throw Refusal.denied(Problem.ENTRY_UNKNOWN, "a file is not changed");
      } else if (target.envelope().author() != request.accountId()) {
        throw Refusal.denied(Problem.NOT_ALLOWED, "only who wrote it may change it");
      }
      checkAbout(room, target, "it was changed too often");
      List<Long> mentions = posts.mentions().in(room, text);
      Content.Edited content = new Content.Edited(target.number(), text, mentions);
      posts
          .transactions()
          .begin(request, room, edit.id(), EntryCodec.of(content), content)
          .asMember()
          .relying(new CellVersion(revision, version))
          .writing(new CellWrite(revision, new byte[0]))
          .hashed(sent(edit))
          .about(target.number())
          .findable(text, mentions)
          .submit(retried -> edit(retried, edit));
    });
  }

  /** What its author sent, by which a repeat is known. */
  private static byte[] sent(Command.Edit edit) {
    return EntryCodec.of(
            new Content.Edited(edit.target().number(), Texts.lines(edit.text()), List.of()))
        .bytes();
  }

  /** Whether a message can take one more entry about it. */
  private void checkAbout(Room room, Row.Entry target, String otherwise)
      throws Refusal, StorageException {
    if (queries.about(room.id(), target.number()).size() >= RoomQueries.MOST_ABOUT) {
      throw Refusal.denied(Problem.LIMIT_REACHED, otherwise);
    }
  }

  public void delete(Request request, Command.Delete delete) throws Refusal {
    Room room = guard.room(request, delete.target().room(), Right.DELETE_OWN);
    guard.checkRate(request, RateLimits.Kind.MESSAGE);
    request.ifNotApplied(() -> {
      CellKey revision = Cells.revision(room.id(), delete.target().number());
      long version = targets.version(revision);
      Row.Entry target = targets.target(delete.target());
      if (target.envelope().author() != request.accountId()) {
        guard.checkRight(request, room, Right.DELETE);
      }
      long number = target.number();
      RoomTransaction transaction =
          posts
              .transactions()
              .begin(
                  request,
                  room,
                  delete.id(),
                  EntryCodec.empty(EntryCodec.DELETED),
                  new Content.Deleted(number))
              .asMember()
              .relying(new CellVersion(revision, version))
              .writing(new CellWrite(revision, new byte[0]))
              .writing(new CellWrite(Cells.pin(room.id(), number), null))
              .about(number)
              .erasing(number);
      for (Row row : queries.about(room.id(), number)) {
        if (row instanceof Row.Entry entry && entry.envelope().kind() == EntryCodec.EDITED) {
          transaction.erasing(row.number());
        }
      }
      if (target.envelope().kind() == EntryCodec.FILE) {
        UUID blob = targets.file(target).blob();
        Sharing sharing = shared.of(blob);
        transaction.relying(sharing.unchanged());
        if (sharing.isLast(1)) {
          transaction.dropping(blob);
        } else {
          transaction.writing(sharing.fewer(1));
        }
      }
      transaction.submit(retried -> delete(retried, delete));
    });
  }

  public void react(Request request, Command.React react) throws Refusal {
    Room room = guard.room(request, react.target().room(), Right.REACT);
    if (!Reactions.valid(react.emoji())) {
      throw Refusal.invalid(Problem.TEXT_INVALID, "a reaction is one emoji");
    }
    guard.checkRate(request, RateLimits.Kind.MESSAGE);
    request.ifNotApplied(() -> {
      Row.Entry target = targets.target(react.target());
      List<Row> about = queries.about(room.id(), target.number());
      int most = react.on() ? RoomQueries.MOST_REACTIONS : RoomQueries.MOST_ABOUT;
      if (about.size() >= most || react.on() && tooMany(about, react.emoji())) {
        throw Refusal.denied(Problem.LIMIT_REACHED, "there are too many reactions");
      }
      Content.Reacted content = new Content.Reacted(target.number(), react.emoji(), react.on());
      posts
          .transactions()
          .begin(request, room, react.id(), EntryCodec.of(content), content)
          .asMember()
          .about(target.number())
          .submit(retried -> react(retried, react));
    });
  }

  private boolean tooMany(List<Row> about, String emoji) throws StorageException {
    if (about.size() < REACTIONS) {
      return false;
    }
    Set<String> kinds = new HashSet<>();
    queries
        .entries()
        .openAll(about)
        .forEach(entry -> {
          if (entry.content() instanceof Content.Reacted reacted) {
            kinds.add(reacted.emoji());
          }
        });
    return kinds.size() >= REACTIONS && !kinds.contains(emoji);
  }

  public void pin(Request request, Command.Pin pin) throws Refusal {
    Room room = guard.room(request, pin.target().room(), Right.PIN);
    guard.checkRate(request, RateLimits.Kind.MESSAGE);
    request.ifNotApplied(() -> {
      Row.Entry target = targets.target(pin.target());
      if (pin.on() && RoomQueries.full(queries.pins(room.id()))) {
        throw Refusal.denied(Problem.LIMIT_REACHED, "unpin something first");
      }
      checkAbout(room, target, "it was pinned and unpinned too often");
      CellKey key = Cells.pin(room.id(), target.number());
      CellKey revision = Cells.revision(room.id(), target.number());
      Content.Pinned content = new Content.Pinned(target.number(), pin.on());
      posts
          .transactions()
          .begin(request, room, pin.id(), EntryCodec.of(content), content)
          .asMember()
          .relying(new CellVersion(revision, targets.version(revision)))
          .writing(
              pin.on()
                  ? posts.transactions().seals().write(key, new byte[0])
                  : new CellWrite(key, null))
          .about(target.number())
          .submit(retried -> pin(retried, pin));
    });
  }
}
