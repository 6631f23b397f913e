// SPDX-License-Identifier: Apache-2.0
package chat.server.command.message;

import chat.extension.ProposedText;
import chat.extension.Verdict;
import chat.protocol.Content;
import chat.protocol.Limits;
import chat.protocol.Problem;
import chat.server.base.Refusal;
import chat.server.base.text.Texts;
import chat.server.command.AccessGuard;
import chat.server.command.Request;
import chat.server.command.RoomTransaction;
import chat.server.command.RoomTransactions;
import chat.server.extension.TextHooks;
import chat.server.room.EntryCodec;
import chat.server.room.EntryCodec.Body;
import chat.server.room.EntryCodec.StoredFile;
import chat.server.room.Right;
import chat.server.room.Room;
import chat.server.session.RateLimits;
import chat.server.session.Session;
import chat.server.store.SealedBlob;
import chat.storage.Change.BlobCommit;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/**
 * The one way to say something in a room, be it a text or a file, new or forwarded. Whoever says
 * something is {@link #admit admitted} first, and may then have it written; every condition on that
 * is checked here or is part of {@link Right#WRITE}, so that no command goes round it.
 */
public record Posts(
    AccessGuard guard,
    RoomTransactions transactions,
    Mentions mentions,
    TextHooks hooks,
    Limits limits) {
  private static final int REASON = 200;

  /** What is done with the text that the hooks have left. */
  interface Next {
    void with(String text) throws Refusal;
  }

  /** The room, if the caller may say something in it now. */
  Room admit(Request request, long room) throws Refusal {
    return guard.room(request, room, Right.WRITE);
  }

  /** Whether the caller has not said too much of late; counts it. */
  void checkPace(Request request) throws Refusal {
    guard.checkRate(request, RateLimits.Kind.MESSAGE);
  }

  /**
   * Shows a text to the hooks, and goes on with what they leave of it. Meanwhile the session stands
   * still, so that its texts stay in their order.
   */
  void screened(Request request, Room room, String text, Next next) throws Refusal {
    if (hooks.isEmpty()) {
      next.with(text);
      return;
    }
    Session session = request.session();
    session.hold();
    hooks.check(
        proposed(request, room, text),
        this::isStorable,
        verdict -> {
          try {
            request.runToAnswer(() -> next.with(left(text, verdict)));
          } finally {
            session.release();
          }
        });
  }

  /** The same for a reader's thread, which waits. */
  String screened(Request request, Room room, String text) throws Refusal {
    if (hooks.isEmpty()) {
      return text;
    }
    CompletableFuture<Verdict> decided = new CompletableFuture<>();
    hooks.check(proposed(request, room, text), this::isStorable, decided::complete);
    return left(text, decided.join());
  }

  private static ProposedText proposed(Request request, Room room, String text) {
    return new ProposedText(
        room.id(), room.settings().name(), request.accountId(), request.account().name(), text);
  }

  private boolean isStorable(String text) {
    try {
      Texts.checkMessage(text, limits.text());
      return true;
    } catch (Refusal e) {
      return false;
    }
  }

  private static String left(String text, Verdict verdict) throws Refusal {
    return switch (verdict) {
      case Verdict.Allow() -> text;
      case Verdict.Replace(String other) -> other;
      case Verdict.Refuse(String reason) -> {
        String line = Texts.line(reason.replace('\n', ' '), REASON);
        throw Refusal.denied(Problem.TEXT_REFUSED, line == null ? "" : line);
      }
    };
  }

  /**
   * Says a text.
   *
   * @param said what its author sent, by which a repeat is known
   */
  RoomTransaction text(Request request, Room room, UUID id, Content.Text content, String said) {
    // Who is mentioned depends on who is here by now, and the hooks may have changed it.
    byte[] sent =
        EntryCodec.of(
                new Content.Text(
                    said, content.reply(), content.important(), List.of(), content.forwarded()))
            .bytes();
    return transactions
        .begin(request, room, id, EntryCodec.of(content), content)
        .asMember()
        .hashed(sent)
        .findable(content.text(), content.mentions());
  }

  /**
   * Shows a file whose bytes are staged.
   *
   * @param sent by which a repeat is known
   */
  RoomTransaction file(Request request, Room room, UUID id, StoredFile file, byte[] sent) {
    SealedBlob blob = new SealedBlob(file.blob(), file.key(), file.shown().size());
    return transactions
        .begin(request, room, id, new Body(EntryCodec.FILE, EntryCodec.file(file)), file.shown())
        .asMember()
        .hashed(sent)
        .findable(file.shown())
        .committing(new BlobCommit(blob.id(), blob.sealedLength()));
  }
}
