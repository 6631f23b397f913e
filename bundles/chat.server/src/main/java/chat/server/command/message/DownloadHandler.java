// SPDX-License-Identifier: Apache-2.0
package chat.server.command.message;

import chat.protocol.Command;
import chat.protocol.Limits;
import chat.protocol.Problem;
import chat.protocol.Reply;
import chat.server.base.Refusal;
import chat.server.base.SealException;
import chat.server.command.AccessGuard;
import chat.server.command.Request;
import chat.server.command.message.FileTransfers.Download;
import chat.server.room.EntryCodec;
import chat.server.room.RoomQueries;
import chat.server.store.SealedBlob;
import chat.server.store.StoreAccess;
import chat.storage.Row;
import chat.storage.StorageException;
import java.io.IOException;
import java.util.Optional;

/** Sends files out, part by part. */
public record DownloadHandler(
    AccessGuard guard,
    RoomQueries queries,
    StoreAccess access,
    Limits limits,
    SessionTransfers transfers) {
  public void fetch(Request request, Command.Download fetch) throws Refusal {
    guard.room(request, fetch.room());
    if (fetch.offset() < 0 || fetch.length() < 1 || fetch.length() > limits.chunk()) {
      throw Refusal.invalid(Problem.TOO_LARGE, "1 to " + limits.chunk() + " bytes");
    }
    request.read(() -> data(request, fetch));
  }

  private void data(Request request, Command.Download fetch)
      throws Refusal, StorageException, SealException, IOException {
    SealedBlob blob = blob(fetch);
    int length = Math.clamp(blob.size() - fetch.offset(), 0, fetch.length());
    byte[] bytes = new byte[length];
    for (int done = 0; done < length; ) {
      long at = fetch.offset() + done;
      byte[] piece = piece(request, fetch, blob, at / SealedBlob.PIECE);
      int from = (int) (at % SealedBlob.PIECE);
      int part = Math.min(length - done, piece.length - from);
      if (part <= 0) {
        throw new StorageException.Damaged("file " + blob.id() + " is shorter than it was");
      }
      System.arraycopy(piece, from, bytes, done, part);
      done += part;
    }
    request.answer(new Reply.Data(fetch.offset(), bytes));
  }

  /** What stands there now: a message that was deleted while it was read has no file any more. */
  private SealedBlob blob(Command.Download fetch)
      throws Refusal, StorageException, SealException, IOException {
    Optional<Row.Entry> entry = queries.entry(fetch.room(), fetch.number());
    if (entry.isEmpty() || entry.get().envelope().kind() != EntryCodec.FILE) {
      throw Refusal.denied(Problem.FILE_UNKNOWN, "there is no such file");
    }
    EntryCodec.StoredFile file = EntryCodec.file(queries.entries().body(entry.get()));
    return new SealedBlob(file.blob(), file.key(), file.shown().size());
  }

  private byte[] piece(Request request, Command.Download fetch, SealedBlob blob, long number)
      throws StorageException, SealException {
    Download last = transfers.of(request.session()).download();
    if (last != null && last.blob().id().equals(blob.id()) && last.pieceNumber() == number) {
      return last.piece();
    }
    byte[] piece = blob.read(access, number);
    transfers
        .of(request.session())
        .download(new Download(fetch.room(), fetch.number(), blob, number, piece));
    return piece;
  }
}
