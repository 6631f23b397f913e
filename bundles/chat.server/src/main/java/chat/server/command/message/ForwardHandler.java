// SPDX-License-Identifier: Apache-2.0
package chat.server.command.message;

import chat.protocol.Command;
import chat.protocol.Content;
import chat.server.base.Aes;
import chat.server.base.SealException;
import chat.server.command.AccessGuard;
import chat.server.command.Request;
import chat.server.room.Directory;
import chat.server.room.EntryCodec;
import chat.server.room.EntryCodec.StoredFile;
import chat.server.room.Room;
import chat.server.room.RoomQueries;
import chat.server.store.SealedBlob;
import chat.server.store.StoreAccess;
import chat.storage.Envelope;
import chat.storage.Row;
import chat.storage.StorageException;
import java.nio.ByteBuffer;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says again, in another room, what stands somewhere. */
public record ForwardHandler(
    AccessGuard guard,
    RoomQueries queries,
    MessageTargets targets,
    Posts posts,
    StoreAccess access,
    Directory directory) {
  private static final Logger LOG = LoggerFactory.getLogger(ForwardHandler.class);

  /** Says again, in another room, what stands somewhere; a file gets bytes of its own. */
  public void forward(Request request, Command.Forward forward) {
    Room from = guard.room(request, forward.target().room());
    Room to = from == null ? null : posts.admit(request, forward.room());
    if (from == null || to == null || !posts.checkPace(request)) {
      return;
    }
    request.ifNotApplied(() -> {
      Row.Entry target = targets.target(request, forward.target());
      if (target == null) {
        return;
      }
      Envelope at = target.envelope();
      String author = directory.accounts().person(at.author()).shown();
      byte[] sent = ByteBuffer.allocate(16).putLong(at.stream()).putLong(at.number()).array();
      if (at.kind() == EntryCodec.FILE) {
        forwardFile(request, to, forward, targets.file(target), author, sent);
      } else {
        String text = queries.currentText(target);
        Content.Text content =
            new Content.Text(text, 0, false, posts.mentions().in(to, text), author);
        posts
            .text(request, to, forward.id(), content)
            .hashed(sent)
            .submit(retried -> forward(retried, forward));
      }
    });
  }

  private void forwardFile(
      Request request,
      Room to,
      Command.Forward forward,
      StoredFile file,
      String author,
      byte[] sent)
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
        byte[] sealed = blob.seal(piece, source.read(access, piece));
        long offset = SealedBlob.offset(piece);
        access.stage(blob.id(), (store, generation) -> store.stage(blob.id(), offset, sealed));
      }
    } catch (StorageException | SealException | RuntimeException e) {
      discard(blob);
      throw e;
    }
    posts
        .file(request, to, forward.id(), copy, sent)
        .submit(retried ->
            retried.read(() -> {
              discard(blob);
              forward(retried, forward);
            }));
  }

  /** Lets go of a copy that nothing will commit; if that fails, the store's next start does. */
  private void discard(SealedBlob blob) {
    try {
      access.stage(
          blob.id(),
          (store, generation) -> {
            store.discard(blob.id());
            return true;
          });
    } catch (StorageException e) {
      LOG.warn("A copy of a file stays for now: {}", e.getMessage());
    }
  }
}
