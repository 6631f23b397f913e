// SPDX-License-Identifier: Apache-2.0
package chat.server.command.message;

import chat.protocol.Command;
import chat.protocol.Content;
import chat.server.base.Refusal;
import chat.server.base.SealException;
import chat.server.command.AccessGuard;
import chat.server.command.Request;
import chat.server.command.message.SharedBlobs.Sharing;
import chat.server.room.Directory;
import chat.server.room.EntryCodec;
import chat.server.room.EntryCodec.StoredFile;
import chat.server.room.Room;
import chat.server.room.RoomQueries;
import chat.storage.Envelope;
import chat.storage.Row;
import chat.storage.StorageException;
import java.nio.ByteBuffer;

/** Says again, in another room, what stands somewhere. */
public record ForwardHandler(
    AccessGuard guard,
    RoomQueries queries,
    MessageTargets targets,
    Posts posts,
    SharedBlobs shared,
    Directory directory) {
  /** Says again, in another room, what stands somewhere; a file stays where it is. */
  public void forward(Request request, Command.Forward forward) throws Refusal {
    guard.room(request, forward.target().room());
    Room to = posts.admit(request, forward.room());
    posts.checkPace(request);
    request.ifNotApplied(() -> {
      Row.Entry target = targets.target(forward.target());
      Envelope at = target.envelope();
      String author = directory.accounts().person(at.author()).shown();
      byte[] sent = ByteBuffer.allocate(16).putLong(at.stream()).putLong(at.number()).array();
      if (at.kind() == EntryCodec.FILE) {
        forwardFile(request, to, forward, targets.file(target), author, sent);
      } else {
        String text = posts.screened(request, to, queries.currentText(target));
        Content.Text content =
            new Content.Text(text, 0, false, posts.mentions().in(to, text), author);
        posts
            .text(request, to, forward.id(), content, text)
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
    StoredFile same = new StoredFile(shown, file.blob(), file.key());
    Sharing sharing = shared.of(file.blob());
    posts
        .file(request, to, forward.id(), same, sent)
        .relying(sharing.unchanged())
        .writing(sharing.more())
        .submit(retried -> forward(retried, forward));
  }
}
