// SPDX-License-Identifier: Apache-2.0
package chat.server.command.message;

import chat.protocol.Command;
import chat.protocol.Limits;
import chat.protocol.Problem;
import chat.protocol.Reply;
import chat.server.base.SealException;
import chat.server.command.Call;
import chat.server.command.Gate;
import chat.server.command.message.FileTransfers.Download;
import chat.server.room.Bodies;
import chat.server.room.Reading;
import chat.server.store.SealedBlob;
import chat.server.store.StoreAccess;
import chat.storage.Row;
import chat.storage.StorageException;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Sends files out, part by part. */
public record DownloadHandler(
    Gate gate, Reading queries, StoreAccess access, Limits limits, SessionTransfers transfers) {
  public void fetch(Call call, Command.Fetch fetch) {
    if (gate.room(call, fetch.room()) == null) {
      return;
    }
    if (fetch.offset() < 0 || fetch.length() < 1 || fetch.length() > limits.chunk()) {
      call.fail(Problem.TOO_LARGE, "1 to " + limits.chunk() + " bytes");
    } else {
      call.read(() -> data(call, fetch));
    }
  }

  private void data(Call call, Command.Fetch fetch)
      throws StorageException, SealException, IOException {
    SealedBlob blob = blob(fetch);
    if (blob == null) {
      call.fail(Problem.FILE_UNKNOWN, "there is no such file");
      return;
    }
    int length = Math.clamp(blob.size() - fetch.offset(), 0, fetch.length());
    byte[] bytes = new byte[length];
    for (int done = 0; done < length; ) {
      long at = fetch.offset() + done;
      byte[] piece = piece(call, fetch, blob, at / SealedBlob.PIECE);
      int from = (int) (at % SealedBlob.PIECE);
      int part = Math.min(length - done, piece.length - from);
      if (part <= 0) {
        throw new StorageException.Damaged("file " + blob.id() + " is shorter than it was");
      }
      System.arraycopy(piece, from, bytes, done, part);
      done += part;
    }
    call.answer(new Reply.Data(fetch.offset(), bytes));
  }

  /** What stands there now: a message that was deleted while it was read has no file any more. */
  private @Nullable SealedBlob blob(Command.Fetch fetch)
      throws StorageException, SealException, IOException {
    Optional<Row.Entry> entry = queries.entry(fetch.room(), fetch.number());
    if (entry.isEmpty() || entry.get().envelope().kind() != Bodies.FILE) {
      return null;
    }
    Bodies.StoredFile file = Bodies.file(queries.entries().body(entry.get()));
    return new SealedBlob(file.blob(), file.key(), file.shown().size());
  }

  private byte[] piece(Call call, Command.Fetch fetch, SealedBlob blob, long number)
      throws StorageException, SealException {
    Download last = transfers.of(call.session()).download();
    if (last != null && last.blob().id().equals(blob.id()) && last.pieceNumber() == number) {
      return last.piece();
    }
    byte[] piece = blob.read(access, number);
    transfers
        .of(call.session())
        .download(new Download(fetch.room(), fetch.number(), blob, number, piece));
    return piece;
  }
}
