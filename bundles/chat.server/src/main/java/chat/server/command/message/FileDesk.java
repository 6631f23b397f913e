// SPDX-License-Identifier: Apache-2.0
package chat.server.command.message;

import chat.protocol.Command;
import chat.protocol.Content;
import chat.protocol.Limits;
import chat.protocol.Problem;
import chat.protocol.Reply;
import chat.server.base.Aes;
import chat.server.base.Cells;
import chat.server.base.FileNames;
import chat.server.base.SealException;
import chat.server.base.Seals;
import chat.server.base.Sha256;
import chat.server.command.Call;
import chat.server.command.Decision;
import chat.server.command.Gate;
import chat.server.command.RoomTransactions;
import chat.server.command.message.FileTransfers.Upload;
import chat.server.room.Bodies;
import chat.server.room.Bodies.Body;
import chat.server.room.Offer;
import chat.server.room.Right;
import chat.server.room.Room;
import chat.server.session.RateLimits;
import chat.server.store.Journal;
import chat.server.store.SealedBlob;
import chat.server.store.StoreAccess;
import chat.storage.Cell;
import chat.storage.CellKey;
import chat.storage.Change;
import chat.storage.Change.BlobCommit;
import chat.storage.Change.CellPresent;
import chat.storage.Change.CellWrite;
import chat.storage.ChatStore;
import chat.storage.Row;
import chat.storage.StorageException;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Files in and out. An offer is kept in a cell, its bytes are staged piece by piece, and only when
 * what is staged has the announced hash, if one was, does it become an entry of the room. A repeat
 * is known by what was offered, also where the hash was found only later.
 */
public record FileDesk(
    Gate gate,
    RoomTransactions transactions,
    StoreAccess access,
    Seals seals,
    Limits limits,
    InstantSource clock,
    SessionTransfers transfers) {
  private static final Logger LOG = LoggerFactory.getLogger(FileDesk.class);

  private static final int MEDIA_TYPE = 127;

  /** In the place of a hash that was not announced; no content has this one. */
  private static final byte[] UNKNOWN = unknown();

  private static byte[] unknown() {
    byte[] ones = new byte[Sha256.BYTES];
    Arrays.fill(ones, (byte) -1);
    return ones;
  }

  private static final long AGAIN_MILLIS = 2_000;

  public void offer(Call call, Command.Offer offer) {
    Room room = gate.room(call, offer.room(), Right.WRITE);
    String name = FileNames.label(offer.name());
    if (room == null) {
      return;
    }
    if (offer.size() > limits.file()) {
      call.fail(Problem.FILE_TOO_LARGE, "at most " + limits.file() + " bytes");
    } else if (offer.size() < 0
        || (offer.sha256().length != 0 && offer.sha256().length != Sha256.BYTES)
        || offer.mediaType().length() > MEDIA_TYPE
        || name.isBlank()
        || name.codePointCount(0, name.length()) > Limits.FILE_NAME) {
      call.fail(Problem.FILE_INVALID, "its name, type, size or hash is not valid");
    } else if (gate.storeIsThere(call)) {
      byte[] sha256 = offer.sha256().length == 0 ? UNKNOWN : offer.sha256();
      Content.File shown = new Content.File(name, offer.mediaType(), offer.size(), sha256);
      call.read(() -> offer(call, room, offer.id(), shown));
    }
  }

  private void offer(Call call, Room room, UUID id, Content.File shown)
      throws StorageException, SealException, IOException {
    Optional<Row> there = access.read((store, generation) -> store.find(call.who(), id));
    if (there.isPresent()) {
      answerThere(call, there.get(), room, shown);
      return;
    }
    CellKey key = Cells.upload(call.who(), id);
    Optional<Cell> cell = access.read((store, generation) -> store.cell(key));
    if (cell.isPresent()) {
      goOn(call, room, shown, offer(key, cell.get()));
      return;
    }
    if (transfers.of(call.session()).full()) {
      call.fail(
          Problem.TOO_MANY, "at most " + FileTransfers.UPLOADS + " files at a time", AGAIN_MILLIS);
      return;
    }
    if (!gate.pace(call, RateLimits.Kind.MESSAGE)) {
      return;
    }
    Offer fresh =
        new Offer(
            id,
            room.id(),
            clock.millis(),
            new Bodies.StoredFile(shown, UUID.randomUUID(), Aes.random(SealedBlob.KEY)));
    access
        .journal()
        .submit(
            Change.write(
                List.of(new CellPresent(Cells.member(room.id(), call.who()))),
                new CellWrite(key, seals.sealCell(key, fresh.bytes()))),
            new Decision(call.session(), call.correlation()) {
              @Override
              public void done(long number, long time) {
                call.read(() -> {
                  transfers.of(call.session()).begin(new Upload(fresh, 0));
                  answerOffered(call, fresh, 0);
                });
              }
            });
  }

  private Offer offer(CellKey key, Cell cell) throws SealException, IOException {
    return Offer.of(seals.openCell(key, cell.value()));
  }

  private void answerThere(Call call, Row there, Room room, Content.File shown) {
    boolean same =
        there instanceof Row.Entry entry
            && entry.envelope().stream() == room.id()
            && entry.envelope().kind() == Bodies.FILE
            && entry.envelope().hash() == hash(room, shown);
    if (same) {
      Row.Entry entry = (Row.Entry) there;
      call.answer(
          new Reply.Posted(
              entry.envelope().id(), room.id(), entry.number(), entry.envelope().time()));
    } else {
      call.fail(Problem.ID_TAKEN, "this id was used for something else");
    }
  }

  private long hash(Room room, Content.File shown) {
    return seals.hash(room.id(), Bodies.FILE, Bodies.label(shown));
  }

  private void goOn(Call call, Room room, Content.File shown, Offer offer) throws StorageException {
    if (offer.room() != room.id()
        || !Arrays.equals(Bodies.label(offer.shown()), Bodies.label(shown))) {
      call.fail(Problem.ID_TAKEN, "this id was used for something else");
      return;
    }
    long sealed = access.read((store, generation) -> store.length(offer.blob().id()));
    long staged = Math.min(SealedBlob.clearLength(sealed), shown.size());
    transfers.of(call.session()).begin(new Upload(offer, staged));
    answerOffered(call, offer, staged);
  }

  private void answerOffered(Call call, Offer offer, long staged) {
    if (staged == offer.shown().size()) {
      call.read(() -> finish(call, offer));
    } else {
      call.answer(new Reply.Offered(offer.id(), staged));
    }
  }

  public void chunk(Call call, Command.Chunk chunk) {
    call.read(() -> {
      Upload upload = transfers.of(call.session()).upload(chunk.id());
      if (upload == null) {
        call.fail(Problem.FILE_UNKNOWN, "offer the file first");
      } else if (chunk.bytes().length > limits.chunk()) {
        call.fail(Problem.TOO_LARGE, "at most " + limits.chunk() + " bytes");
      } else if (chunk.offset() < upload.received()) {
        call.answer(new Reply.Received(chunk.id(), upload.received()));
      } else if (chunk.offset() > upload.received()) {
        call.fail(Problem.MALFORMED, "go on from " + upload.received());
      } else if (upload.received() + chunk.bytes().length > upload.offer().shown().size()) {
        forget(call, upload.offer());
        call.fail(Problem.FILE_MISMATCH, "more bytes than announced");
      } else {
        take(call, upload, chunk.bytes());
      }
    });
  }

  private void take(Call call, Upload upload, byte[] bytes) throws StorageException, SealException {
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
      call.answer(new Reply.Received(upload.offer().id(), upload.received()));
    } else {
      finish(call, upload.offer());
    }
  }

  private void stage(Upload upload) throws StorageException {
    SealedBlob blob = upload.offer().blob();
    long piece = upload.pieceNumber();
    byte[] sealed = blob.seal(piece, upload.piece().toByteArray());
    access.stage(
        blob.id(), (store, generation) -> store.stage(blob.id(), SealedBlob.offset(piece), sealed));
    upload.pieceStaged();
  }

  private void finish(Call call, Offer offer) throws StorageException, SealException {
    SealedBlob blob = offer.blob();
    if (blob.size() == 0) {
      access.stage(
          blob.id(), (store, generation) -> store.stage(blob.id(), 0, blob.seal(0, new byte[0])));
    }
    byte[] sha256 = blob.sha256(access);
    boolean announced = !Arrays.equals(offer.shown().sha256(), UNKNOWN);
    if (announced && !Arrays.equals(sha256, offer.shown().sha256())) {
      forget(call, offer);
      call.fail(Problem.FILE_MISMATCH, "the content does not have this hash");
      return;
    }
    Room room = gate.room(call.of(offer.id()), offer.room(), Right.WRITE);
    if (room == null) {
      return;
    }
    Bodies.StoredFile file = offer.file().with(sha256);
    byte[] body = Bodies.file(file);
    transactions
        .begin(call, room, offer.id(), new Body(Bodies.FILE, body), file.shown())
        .asMember()
        .hashed(Bodies.label(offer.shown()))
        .findable(offer.shown())
        .writing(new CellWrite(Cells.upload(call.who(), offer.id()), null))
        .committing(new BlobCommit(blob.id(), blob.sealedLength()))
        .then(
            () -> call.session().lane().submit(() -> transfers.of(call.session()).end(offer.id())))
        .submit(again -> again.read(() -> finish(again, offer)));
  }

  /** Lets go of what was staged; the offer is over. Only on the session's lane. */
  private void forget(Call call, Offer offer) throws StorageException {
    transfers.of(call.session()).end(offer.id());
    access.stage(
        offer.blob().id(),
        (store, generation) -> {
          store.discard(offer.blob().id());
          return true;
        });
    access
        .journal()
        .submit(
            Change.write(List.of(), new CellWrite(Cells.upload(call.who(), offer.id()), null)),
            Journal.IGNORED);
  }

  public void withdraw(Call call, Command.Withdraw withdraw) {
    call.read(() -> {
      CellKey key = Cells.upload(call.who(), withdraw.id());
      Optional<Cell> cell = access.read((store, generation) -> store.cell(key));
      if (cell.isPresent()) {
        forget(call, offer(key, cell.get()));
      }
      call.answer(new Reply.Done());
    });
  }

  /** Ends offers that are older than an offer lives. Only on a reader's thread. */
  public void sweep() throws StorageException {
    long oldest = clock.millis() - access.timings().offer().toMillis();
    String after = "";
    while (true) {
      String from = after;
      List<Cell> page =
          access.read((store, generation) -> store.cells(Cells.UPLOAD, from, ChatStore.MAX_ROWS));
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
      Offer offer = offer(cell.key(), cell);
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
