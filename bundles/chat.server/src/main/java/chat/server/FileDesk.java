// SPDX-License-Identifier: Apache-2.0
package chat.server;

import chat.protocol.Command;
import chat.protocol.Content;
import chat.protocol.Limits;
import chat.protocol.Problem;
import chat.protocol.Reply;
import chat.server.Bodies.Body;
import chat.server.FileTransfers.Download;
import chat.server.FileTransfers.Upload;
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
record FileDesk(Services services, Gate gate, Reading reading, MessageDesk messages) {
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

  void offer(Call call, Command.Offer offer) {
    Room room = gate.room(call, offer.room(), Right.WRITE);
    String name = label(offer.name());
    if (room == null) {
      return;
    }
    if (offer.size() > services.limits().file()) {
      call.fail(Problem.FILE_TOO_LARGE, "at most " + services.limits().file() + " bytes");
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

  /** A name without folders and characters that a screen can't show. */
  static String label(String name) {
    String last = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
    StringBuilder label = new StringBuilder();
    last.codePoints()
        .filter(c -> !Character.isISOControl(c) && Character.getType(c) != Character.FORMAT)
        .forEach(label::appendCodePoint);
    return label.toString().strip();
  }

  private void offer(Call call, Room room, UUID id, Content.File shown)
      throws StorageException, SealException, IOException {
    Optional<Row> there = services.read((store, generation) -> store.find(call.who(), id));
    if (there.isPresent()) {
      answerThere(call, there.get(), room, shown);
      return;
    }
    CellKey key = Cells.upload(call.who(), id);
    Optional<Cell> cell = services.read((store, generation) -> store.cell(key));
    if (cell.isPresent()) {
      goOn(call, room, shown, offer(key, cell.get()));
      return;
    }
    if (call.session().transfers().full()) {
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
            services.clock().millis(),
            new Bodies.StoredFile(shown, UUID.randomUUID(), Aes.random(SealedBlob.KEY)));
    services
        .journal()
        .submit(
            Change.write(
                List.of(new CellPresent(Cells.member(room.id(), call.who()))),
                new CellWrite(key, services.seals().sealCell(key, fresh.bytes()))),
            new Decision(call.session(), call.correlation()) {
              @Override
              void done(long number, long time) {
                call.read(() -> {
                  call.session().transfers().begin(new Upload(fresh, 0));
                  answerOffered(call, fresh, 0);
                });
              }
            });
  }

  private Offer offer(CellKey key, Cell cell) throws SealException, IOException {
    return Offer.of(services.seals().openCell(key, cell.value()));
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
    return services.seals().hash(room.id(), Bodies.FILE, Bodies.label(shown));
  }

  private void goOn(Call call, Room room, Content.File shown, Offer offer) throws StorageException {
    if (offer.room() != room.id()
        || !Arrays.equals(Bodies.label(offer.shown()), Bodies.label(shown))) {
      call.fail(Problem.ID_TAKEN, "this id was used for something else");
      return;
    }
    long sealed = services.read((store, generation) -> store.length(offer.blob().id()));
    long staged = Math.min(SealedBlob.clearLength(sealed), shown.size());
    call.session().transfers().begin(new Upload(offer, staged));
    answerOffered(call, offer, staged);
  }

  private void answerOffered(Call call, Offer offer, long staged) {
    if (staged == offer.shown().size()) {
      call.read(() -> finish(call, offer));
    } else {
      call.answer(new Reply.Offered(offer.id(), staged));
    }
  }

  void chunk(Call call, Command.Chunk chunk) {
    call.read(() -> {
      Upload upload = call.session().transfers().upload(chunk.id());
      if (upload == null) {
        call.fail(Problem.FILE_UNKNOWN, "offer the file first");
      } else if (chunk.bytes().length > services.limits().chunk()) {
        call.fail(Problem.TOO_LARGE, "at most " + services.limits().chunk() + " bytes");
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
    services.stage(
        blob.id(), (store, generation) -> store.stage(blob.id(), SealedBlob.offset(piece), sealed));
    upload.pieceStaged();
  }

  private void finish(Call call, Offer offer) throws StorageException, SealException {
    SealedBlob blob = offer.blob();
    if (blob.size() == 0) {
      services.stage(
          blob.id(), (store, generation) -> store.stage(blob.id(), 0, blob.seal(0, new byte[0])));
    }
    byte[] sha256 = blob.sha256(services);
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
    new Step(call, room, offer.id(), new Body(Bodies.FILE, body), file.shown())
        .asMember()
        .hashed(Bodies.label(offer.shown()))
        .tokens(messages.fileTokens(room.id(), call.who(), offer.shown()))
        .writing(new CellWrite(Cells.upload(call.who(), offer.id()), null))
        .committing(new BlobCommit(blob.id(), blob.sealedLength()))
        .then(() -> call.session().lane().submit(() -> call.session().transfers().end(offer.id())))
        .submit(again -> again.read(() -> finish(again, offer)));
  }

  /** Lets go of what was staged; the offer is over. Only on the session's lane. */
  private void forget(Call call, Offer offer) throws StorageException {
    call.session().transfers().end(offer.id());
    services.stage(
        offer.blob().id(),
        (store, generation) -> {
          store.discard(offer.blob().id());
          return true;
        });
    services
        .journal()
        .submit(
            Change.write(List.of(), new CellWrite(Cells.upload(call.who(), offer.id()), null)),
            Journal.IGNORED);
  }

  void withdraw(Call call, Command.Withdraw withdraw) {
    call.read(() -> {
      CellKey key = Cells.upload(call.who(), withdraw.id());
      Optional<Cell> cell = services.read((store, generation) -> store.cell(key));
      if (cell.isPresent()) {
        forget(call, offer(key, cell.get()));
      }
      call.answer(new Reply.Done());
    });
  }

  void fetch(Call call, Command.Fetch fetch) {
    if (gate.room(call, fetch.room()) == null) {
      return;
    }
    if (fetch.offset() < 0 || fetch.length() < 1 || fetch.length() > services.limits().chunk()) {
      call.fail(Problem.TOO_LARGE, "1 to " + services.limits().chunk() + " bytes");
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
    int length = (int) Math.clamp(blob.size() - fetch.offset(), 0, fetch.length());
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
    Optional<Row.Entry> entry = reading.entry(fetch.room(), fetch.number());
    if (entry.isEmpty() || entry.get().envelope().kind() != Bodies.FILE) {
      return null;
    }
    Bodies.StoredFile file = Bodies.file(services.entries().body(entry.get()));
    return new SealedBlob(file.blob(), file.key(), file.shown().size());
  }

  private byte[] piece(Call call, Command.Fetch fetch, SealedBlob blob, long number)
      throws StorageException, SealException {
    Download last = call.session().transfers().download();
    if (last != null && last.blob().id().equals(blob.id()) && last.pieceNumber() == number) {
      return last.piece();
    }
    byte[] piece = blob.read(services, number);
    call.session()
        .transfers()
        .download(new Download(fetch.room(), fetch.number(), blob, number, piece));
    return piece;
  }

  /** Ends offers that are older than an offer lives. Only on a reader's thread. */
  void sweep() throws StorageException {
    long oldest = services.clock().millis() - services.timings().offer().toMillis();
    String after = "";
    while (true) {
      String from = after;
      List<Cell> page =
          services.read((store, generation) -> store.cells(Cells.UPLOAD, from, ChatStore.MAX_ROWS));
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
        services.read((store, generation) -> {
          store.discard(offer.blob().id());
          return true;
        });
        services
            .journal()
            .submit(Change.write(List.of(), new CellWrite(cell.key(), null)), Journal.IGNORED);
      }
    } catch (SealException | IOException e) {
      LOG.error("Offer {} can't be opened: {}", cell.key().key(), e.getMessage());
    }
  }
}
