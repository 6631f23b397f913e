// SPDX-License-Identifier: Apache-2.0
package chat.server.command.message;

import chat.protocol.Command;
import chat.protocol.Content;
import chat.protocol.Limits;
import chat.protocol.Problem;
import chat.protocol.Reply;
import chat.server.base.Aes;
import chat.server.base.CellKind;
import chat.server.base.Cells;
import chat.server.base.Refusal;
import chat.server.base.SealException;
import chat.server.base.Seals;
import chat.server.base.Sha256;
import chat.server.base.text.FileNames;
import chat.server.command.AccessGuard;
import chat.server.command.CommandCompletion;
import chat.server.command.Request;
import chat.server.command.message.FileTransfers.Upload;
import chat.server.room.EntryCodec;
import chat.server.room.Room;
import chat.server.store.Journal;
import chat.server.store.SealedBlob;
import chat.server.store.StoreAccess;
import chat.storage.Cell;
import chat.storage.CellKey;
import chat.storage.Change;
import chat.storage.Change.CellPresent;
import chat.storage.Change.CellWrite;
import chat.storage.ChatStore;
import chat.storage.Envelope;
import chat.storage.Row;
import chat.storage.StorageException;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Files in and out. An offer is kept in a cell, its bytes are staged piece by piece, and only when
 * what is staged has the announced hash, if one was, does it become an entry of the room. A repeat
 * is known by what was offered, also where the hash was found only later.
 */
public record UploadHandler(
    AccessGuard guard,
    Posts posts,
    StoreAccess access,
    Seals seals,
    InstantSource clock,
    SessionTransfers transfers,
    FileQuotas quotas) {
  private static final Logger LOG = LoggerFactory.getLogger(UploadHandler.class);

  private static final int MEDIA_TYPE = 127;

  /** In the place of a hash that was not announced; no content has this one. */
  private static final byte[] UNKNOWN = unknown();

  private static byte[] unknown() {
    byte[] ones = new byte[Sha256.BYTES];
    Arrays.fill(ones, (byte) -1);
    return ones;
  }

  private static final long AGAIN_MILLIS = 2_000;

  public void offer(Request request, Command.StartUpload offer) throws Refusal {
    Room room = posts.admit(request, offer.room());
    String name = FileNames.label(offer.name());
    if (offer.size() > quotas.limits().file()) {
      throw Refusal.invalid(Problem.FILE_TOO_LARGE, "at most " + quotas.limits().file() + " bytes");
    } else if (offer.size() < 0
        || (offer.sha256().length != 0 && offer.sha256().length != Sha256.BYTES)
        || offer.mediaType().length() > MEDIA_TYPE
        || name.isBlank()
        || name.codePointCount(0, name.length()) > Limits.FILE_NAME) {
      throw Refusal.invalid(Problem.FILE_INVALID, "its name, type, size or hash is not valid");
    }
    guard.checkStore();
    byte[] sha256 = offer.sha256().length == 0 ? UNKNOWN : offer.sha256();
    Content.File shown = new Content.File(name, offer.mediaType(), offer.size(), sha256);
    request.read(() -> offer(request, room, offer.id(), shown));
  }

  private void offer(Request request, Room room, UUID id, Content.File shown)
      throws Refusal, StorageException, SealException, IOException {
    Optional<Row> there = access.read((store, generation) -> store.find(request.accountId(), id));
    if (there.isPresent()) {
      answerThere(request, there.get(), room, shown);
      return;
    }
    CellKey key = Cells.upload(request.accountId(), id);
    Optional<Cell> cell = access.read((store, generation) -> store.cell(key));
    if (cell.isPresent()) {
      goOn(request, room, shown, offer(cell.get()));
      return;
    }
    if (transfers.of(request.session()).full()) {
      throw Refusal.postponed(
          Problem.TOO_MANY, "at most " + FileTransfers.UPLOADS + " files at a time", AGAIN_MILLIS);
    }
    posts.checkPace(request);
    quotas.admit(request, shown.size());
    PendingUpload fresh =
        new PendingUpload(
            id,
            room.id(),
            clock.millis(),
            new EntryCodec.StoredFile(shown, UUID.randomUUID(), Aes.random(SealedBlob.KEY)));
    access
        .journal()
        .submit(
            Change.write(
                List.of(new CellPresent(Cells.member(room.id(), request.accountId()))),
                seals.write(key, fresh.bytes())),
            new CommandCompletion(request) {
              @Override
              public void done(long number, long time) {
                request.read(() -> {
                  transfers.of(request.session()).begin(new Upload(fresh, 0));
                  answerOffered(request, fresh, 0);
                });
              }
            });
  }

  private PendingUpload offer(Cell cell) throws SealException, IOException {
    return PendingUpload.of(seals.openCell(cell));
  }

  private void answerThere(Request request, Row there, Room room, Content.File shown)
      throws Refusal {
    boolean same =
        there instanceof Row.Entry entry
            && entry.envelope().stream() == room.id()
            && entry.envelope().kind() == EntryCodec.FILE
            && isHash(entry.envelope(), room, shown);
    if (!same) {
      throw CommandCompletion.idTakenBefore();
    }
    Row.Entry entry = (Row.Entry) there;
    request.answer(
        new Reply.Posted(
            entry.envelope().id(), room.id(), entry.number(), entry.envelope().time()));
  }

  private boolean isHash(Envelope at, Room room, Content.File shown) {
    byte[] label = EntryCodec.label(shown);
    return at.hash() == seals.hash(room.id(), EntryCodec.FILE, at.author(), at.id(), label)
        || at.hash() == seals.hashBefore(room.id(), EntryCodec.FILE, label);
  }

  private void goOn(Request request, Room room, Content.File shown, PendingUpload offer)
      throws Refusal, StorageException {
    if (offer.room() != room.id()
        || !Arrays.equals(EntryCodec.label(offer.shown()), EntryCodec.label(shown))) {
      throw CommandCompletion.idTakenBefore();
    }
    long sealed = access.read((store, generation) -> store.length(offer.blob().id()));
    long staged = Math.min(SealedBlob.clearLength(sealed), shown.size());
    transfers.of(request.session()).begin(new Upload(offer, staged));
    answerOffered(request, offer, staged);
  }

  private void answerOffered(Request request, PendingUpload offer, long staged) {
    if (staged == offer.shown().size()) {
      request.read(() -> finish(request, offer, null));
    } else {
      request.answer(new Reply.UploadStarted(offer.id(), staged));
    }
  }

  public void chunk(Request request, Command.UploadChunk chunk) {
    request.read(() -> {
      Upload upload = transfers.of(request.session()).upload(chunk.id());
      if (upload == null) {
        throw Refusal.denied(Problem.FILE_UNKNOWN, "offer the file first");
      } else if (chunk.bytes().length > quotas.limits().chunk()) {
        throw Refusal.invalid(Problem.TOO_LARGE, "at most " + quotas.limits().chunk() + " bytes");
      } else if (chunk.offset() < upload.received()) {
        request.answer(new Reply.UploadProgress(chunk.id(), upload.received()));
        return;
      }
      quotas.checkDisk(chunk.bytes().length); // the client goes on from here when there is room
      if (chunk.offset() > upload.received()) {
        throw Refusal.invalid(Problem.MALFORMED, "go on from " + upload.received());
      } else if (upload.received() + chunk.bytes().length > upload.offer().shown().size()) {
        forget(request, upload.offer());
        throw Refusal.invalid(Problem.FILE_MISMATCH, "more bytes than announced");
      }
      take(request, upload, chunk.bytes());
    });
  }

  private void take(Request request, Upload upload, byte[] bytes)
      throws Refusal, StorageException, SealException {
    long size = upload.offer().shown().size();
    for (int from = 0; from < bytes.length; ) {
      int length = Math.min(bytes.length - from, SealedBlob.PIECE - upload.piece().size());
      upload.piece().write(bytes, from, length);
      from += length;
      if (upload.piece().size() == SealedBlob.PIECE || upload.received() == size) {
        stage(upload);
      }
    }
    if (upload.received() < size) {
      Reply progress = new Reply.UploadProgress(upload.offer().id(), upload.received());
      quotas.answerAtPace(request, bytes.length, () -> request.answer(progress));
    } else {
      finish(request, upload.offer(), upload.sha256());
    }
  }

  private void stage(Upload upload) throws StorageException {
    SealedBlob blob = upload.offer().blob();
    long piece = upload.pieceNumber();
    byte[] clear = upload.piece().toByteArray();
    byte[] sealed = blob.seal(piece, clear);
    access.stage(
        blob.id(), (store, generation) -> store.stage(blob.id(), SealedBlob.offset(piece), sealed));
    upload.pieceStaged(clear);
  }

  /**
   * @param came the hash of all that came; null if it has to be read from what is staged
   */
  private void finish(Request request, PendingUpload offer, byte @Nullable [] came)
      throws Refusal, StorageException, SealException {
    SealedBlob blob = offer.blob();
    if (blob.size() == 0) {
      access.stage(
          blob.id(), (store, generation) -> store.stage(blob.id(), 0, blob.seal(0, new byte[0])));
    }
    byte[] sha256 = came == null ? blob.sha256(access) : came;
    boolean announced = !Arrays.equals(offer.shown().sha256(), UNKNOWN);
    if (announced && !Arrays.equals(sha256, offer.shown().sha256())) {
      forget(request, offer);
      throw Refusal.invalid(Problem.FILE_MISMATCH, "the content does not have this hash");
    }
    Request finishing = request.of(offer.id());
    finishing.run(() -> post(finishing, offer, sha256));
  }

  /** It becomes an entry of the room, if its author may still say something there. */
  private void post(Request request, PendingUpload offer, byte[] sha256) throws Refusal {
    Room room = posts.admit(request, offer.room());
    posts
        .file(request, room, offer.id(), offer.file().with(sha256), EntryCodec.label(offer.shown()))
        .writing(new CellWrite(Cells.upload(request.accountId(), offer.id()), null))
        .then(() ->
            request.session().lane().submit(() -> transfers.of(request.session()).end(offer.id())))
        .submit(retried -> retried.read(() -> finish(retried, offer, sha256)));
  }

  /**
   * Lets go of what was staged; the offer is over, on disk, before anything is answered: the client
   * may begin anew under the same id at once. Only on the session's lane.
   */
  private void forget(Request request, PendingUpload offer) throws StorageException {
    transfers.of(request.session()).end(offer.id());
    access.stage(
        offer.blob().id(),
        (store, generation) -> {
          store.discard(offer.blob().id());
          return true;
        });
    access.settle(
        Change.write(
            List.of(), new CellWrite(Cells.upload(request.accountId(), offer.id()), null)));
  }

  public void withdraw(Request request, Command.CancelUpload withdraw) {
    request.read(() -> {
      CellKey key = Cells.upload(request.accountId(), withdraw.id());
      Optional<Cell> cell = access.read((store, generation) -> store.cell(key));
      if (cell.isPresent()) {
        forget(request, offer(cell.get()));
      }
      request.answer(new Reply.Done());
    });
  }

  /** Ends offers that are older than an offer lives. Only on a reader's thread. */
  public void sweep() throws StorageException {
    long oldest = clock.millis() - access.timings().offer().toMillis();
    String after = "";
    while (true) {
      String from = after;
      List<Cell> page =
          access.read((store, generation) ->
              store.cells(CellKind.UPLOAD.space(), from, ChatStore.MAX_ROWS));
      if (page.isEmpty()) {
        return;
      }
      for (Cell cell : page) {
        after = cell.key().key();
        sweep(cell, oldest);
      }
    }
  }

  private void sweep(Cell cell, long oldest) throws StorageException {
    try {
      PendingUpload offer = offer(cell);
      if (offer.made() < oldest) {
        access.read((store, generation) -> {
          store.discard(offer.blob().id());
          return true;
        });
        access
            .journal()
            .submit(Change.write(List.of(), new CellWrite(cell.key(), null)), Journal.IGNORED);
      }
    } catch (SealException | IOException e) {
      LOG.error("Offer {} can't be opened: {}", cell.key().key(), e.getMessage());
    }
  }
}
