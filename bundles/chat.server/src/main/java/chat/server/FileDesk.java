package chat.server;

import chat.protocol.Command;
import chat.protocol.Content;
import chat.protocol.Event;
import chat.protocol.Limits;
import chat.protocol.Problem;
import chat.protocol.Reply;
import chat.server.FileTransfers.Download;
import chat.server.FileTransfers.Upload;
import chat.storage.Cell;
import chat.storage.CellKey;
import chat.storage.Change;
import chat.storage.Change.BlobCommit;
import chat.storage.Change.CellPresent;
import chat.storage.Change.CellWrite;
import chat.storage.Change.NewEntry;
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
 * what is staged has the announced hash does it become an entry of the room.
 */
record FileDesk(Services services) {
  private static final Logger LOG = LoggerFactory.getLogger(FileDesk.class);
  private static final int MEDIA_TYPE = 127;
  private static final long AGAIN_MILLIS = 2_000;

  private interface Work {
    void run() throws StorageException, SealException, IOException;
  }

  private static void work(Session session, int correlation, Work work) {
    session.read(
        correlation,
        () -> {
          try {
            work.run();
          } catch (StorageException.Unavailable e) {
            LOG.warn("A file has to wait: {}", e.getMessage());
            session.fail(correlation, Problem.UNAVAILABLE, "the store is away", AGAIN_MILLIS);
          } catch (StorageException | SealException | IOException e) {
            LOG.error("A file can't be read or written: {}", e.getMessage());
            session.fail(correlation, Problem.INTERNAL, "the store is damaged here");
          }
        });
  }

  void offer(Session session, int correlation, Account account, Command.Offer offer) {
    Room room = services.rooms().of(account.id(), offer.room());
    String name = label(offer.name());
    if (room == null) {
      session.fail(correlation, Problem.ROOM_UNKNOWN, "there is no such room");
    } else if (offer.size() > services.limits().file()) {
      session.fail(
          correlation, Problem.FILE_TOO_LARGE, "at most " + services.limits().file() + " bytes");
    } else if (offer.size() < 0
        || offer.sha256().length != Sha256.BYTES
        || offer.mediaType().length() > MEDIA_TYPE
        || name.isBlank()
        || name.codePointCount(0, name.length()) > Limits.FILE_NAME) {
      session.fail(correlation, Problem.FILE_INVALID, "its name, type, size or hash is not valid");
    } else if (services.unavailable()) {
      session.fail(correlation, Problem.UNAVAILABLE, "the store is away", AGAIN_MILLIS);
    } else {
      Content.File shown = new Content.File(name, offer.mediaType(), offer.size(), offer.sha256());
      work(
          session,
          correlation,
          () -> offer(session, correlation, account, room, offer.id(), shown));
    }
  }

  /** A name without folders and characters that a screen can't show. */
  private static String label(String name) {
    String last = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
    StringBuilder label = new StringBuilder();
    last.codePoints()
        .filter(c -> !Character.isISOControl(c) && Character.getType(c) != Character.FORMAT)
        .forEach(label::appendCodePoint);
    return label.toString().strip();
  }

  private void offer(
      Session session, int correlation, Account account, Room room, UUID id, Content.File shown)
      throws StorageException, SealException, IOException {
    Optional<Row> there = services.read((store, generation) -> store.find(account.id(), id));
    if (there.isPresent()) {
      answerThere(session, correlation, there.get(), room, shown);
      return;
    }
    CellKey key = Cells.upload(account.id(), id);
    Optional<Cell> cell = services.read((store, generation) -> store.cell(key));
    if (cell.isPresent()) {
      goOn(session, correlation, account, room, shown, offer(key, cell.get()));
      return;
    }
    if (session.transfers().full()) {
      session.fail(
          correlation,
          Problem.TOO_MANY,
          "at most " + FileTransfers.UPLOADS + " files at a time",
          AGAIN_MILLIS);
      return;
    }
    long wait = services.rates().message(account.id());
    if (wait > 0) {
      session.fail(correlation, Problem.TOO_MANY, "too many messages", wait);
      return;
    }
    Offer fresh =
        new Offer(
            id,
            room.id(),
            services.clock().millis(),
            new Bodies.StoredFile(shown, UUID.randomUUID(), Aes.random(32)));
    services
        .journal()
        .submit(
            Change.write(
                List.of(new CellPresent(Cells.member(room.id(), account.id()))),
                new CellWrite(key, services.seals().sealCell(key, fresh.bytes()))),
            new Decision(session, correlation) {
              @Override
              void done(long number, long time) {
                session.read(
                    correlation,
                    () -> {
                      session.transfers().begin(new Upload(fresh, 0));
                      answerOffered(session, correlation, account, fresh, 0);
                    });
              }
            });
  }

  private Offer offer(CellKey key, Cell cell) throws SealException, IOException {
    return Offer.of(services.seals().openCell(key, cell.value()));
  }

  private void answerThere(
      Session session, int correlation, Row there, Room room, Content.File shown) {
    boolean same =
        there instanceof Row.Entry entry
            && entry.envelope().stream() == room.id()
            && entry.envelope().kind() == Bodies.FILE
            && entry.envelope().hash() == hash(room, shown);
    if (same) {
      Row.Entry entry = (Row.Entry) there;
      session.answer(
          correlation,
          new Reply.Posted(
              entry.envelope().id(), room.id(), entry.number(), entry.envelope().time()));
    } else {
      session.fail(correlation, Problem.ID_TAKEN, "this id was used for something else");
    }
  }

  private long hash(Room room, Content.File shown) {
    return services.seals().hash(room.id(), Bodies.FILE, Bodies.label(shown));
  }

  private void goOn(
      Session session, int correlation, Account account, Room room, Content.File shown, Offer offer)
      throws StorageException {
    if (offer.room() != room.id()
        || !Arrays.equals(Bodies.label(offer.shown()), Bodies.label(shown))) {
      session.fail(correlation, Problem.ID_TAKEN, "this id was used for something else");
      return;
    }
    long sealed = services.read((store, generation) -> store.length(offer.blob().id()));
    long staged = Math.min(SealedBlob.clearLength(sealed), shown.size());
    session.transfers().begin(new Upload(offer, staged));
    answerOffered(session, correlation, account, offer, staged);
  }

  private void answerOffered(
      Session session, int correlation, Account account, Offer offer, long staged) {
    if (staged == offer.shown().size()) {
      work(session, correlation, () -> finish(session, correlation, account, offer));
    } else {
      session.answer(correlation, new Reply.Offered(offer.id(), staged));
    }
  }

  void chunk(Session session, int correlation, Account account, Command.Chunk chunk) {
    work(
        session,
        correlation,
        () -> {
          Upload upload = session.transfers().upload(chunk.id());
          if (upload == null) {
            session.fail(correlation, Problem.FILE_UNKNOWN, "offer the file first");
          } else if (chunk.bytes().length > services.limits().chunk()) {
            session.fail(
                correlation, Problem.TOO_LARGE, "at most " + services.limits().chunk() + " bytes");
          } else if (chunk.offset() < upload.received()) {
            session.answer(correlation, new Reply.Received(chunk.id(), upload.received()));
          } else if (chunk.offset() > upload.received()) {
            session.fail(correlation, Problem.MALFORMED, "go on from " + upload.received());
          } else if (upload.received() + chunk.bytes().length > upload.offer().shown().size()) {
            forget(session, account, upload.offer());
            session.fail(correlation, Problem.FILE_MISMATCH, "more bytes than announced");
          } else {
            take(session, correlation, account, upload, chunk.bytes());
          }
        });
  }

  private void take(Session session, int correlation, Account account, Upload upload, byte[] bytes)
      throws StorageException, SealException {
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
      session.answer(correlation, new Reply.Received(upload.offer().id(), upload.received()));
    } else {
      finish(session, correlation, account, upload.offer());
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

  private void finish(Session session, int correlation, Account account, Offer offer)
      throws StorageException, SealException {
    SealedBlob blob = offer.blob();
    if (blob.size() == 0) {
      services.stage(
          blob.id(), (store, generation) -> store.stage(blob.id(), 0, blob.seal(0, new byte[0])));
    }
    if (!Arrays.equals(blob.sha256(services), offer.shown().sha256())) {
      forget(session, account, offer);
      session.fail(correlation, Problem.FILE_MISMATCH, "the content does not have this hash");
      return;
    }
    byte[] body = Bodies.file(offer.file());
    NewEntry entry =
        new NewEntry(
            offer.room(),
            offer.id(),
            Bodies.FILE,
            account.id(),
            body.length,
            services.seals().hash(offer.room(), Bodies.FILE, Bodies.label(offer.shown())),
            services.seals().sealBody(offer.room(), offer.id(), Bodies.FILE, account.id(), body));
    services
        .journal()
        .submit(
            new Change(
                List.of(new CellPresent(Cells.member(offer.room(), account.id()))),
                entry,
                List.of(new CellWrite(Cells.upload(account.id(), offer.id()), null)),
                List.of(new BlobCommit(blob.id(), blob.sealedLength())),
                List.of()),
            new Decision(session, correlation) {
              @Override
              void done(long number, long time) {
                committed(session, correlation, account, offer, number, time);
              }
            });
  }

  private void committed(
      Session session, int correlation, Account account, Offer offer, long number, long time) {
    Room room = services.rooms().of(account.id(), offer.room());
    if (room != null) {
      room.add(
          new Event.Entry(room.id(), number, offer.id(), account.person(), time, offer.shown()));
    }
    session.answer(correlation, new Reply.Posted(offer.id(), offer.room(), number, time));
    session.lane().submit(() -> session.transfers().end(offer.id()));
  }

  /** Lets go of what was staged; the offer is over. Only on the session's lane. */
  private void forget(Session session, Account account, Offer offer) throws StorageException {
    session.transfers().end(offer.id());
    services.stage(
        offer.blob().id(),
        (store, generation) -> {
          store.discard(offer.blob().id());
          return true;
        });
    services
        .journal()
        .submit(
            Change.write(List.of(), new CellWrite(Cells.upload(account.id(), offer.id()), null)),
            Journal.IGNORED);
  }

  void withdraw(Session session, int correlation, Account account, Command.Withdraw withdraw) {
    work(
        session,
        correlation,
        () -> {
          CellKey key = Cells.upload(account.id(), withdraw.id());
          Optional<Cell> cell = services.read((store, generation) -> store.cell(key));
          if (cell.isPresent()) {
            forget(session, account, offer(key, cell.get()));
          }
          session.answer(correlation, new Reply.Done());
        });
  }

  void fetch(Session session, int correlation, Account account, Command.Fetch fetch) {
    Room room = services.rooms().of(account.id(), fetch.room());
    if (room == null) {
      session.fail(correlation, Problem.ROOM_UNKNOWN, "there is no such room");
    } else if (fetch.offset() < 0
        || fetch.length() < 1
        || fetch.length() > services.limits().chunk()) {
      session.fail(correlation, Problem.TOO_LARGE, "1 to " + services.limits().chunk() + " bytes");
    } else {
      work(session, correlation, () -> data(session, correlation, fetch));
    }
  }

  private void data(Session session, int correlation, Command.Fetch fetch)
      throws StorageException, SealException, IOException {
    SealedBlob blob = blob(session, fetch);
    if (blob == null) {
      session.fail(correlation, Problem.FILE_UNKNOWN, "there is no such file");
      return;
    }
    int length = (int) Math.clamp(blob.size() - fetch.offset(), 0, fetch.length());
    byte[] bytes = new byte[length];
    for (int done = 0; done < length; ) {
      long at = fetch.offset() + done;
      byte[] piece = piece(session, fetch, blob, at / SealedBlob.PIECE);
      int from = (int) (at % SealedBlob.PIECE);
      int part = Math.min(length - done, piece.length - from);
      if (part <= 0) {
        throw new StorageException.Damaged("file " + blob.id() + " is shorter than it was");
      }
      System.arraycopy(piece, from, bytes, done, part);
      done += part;
    }
    session.answer(correlation, new Reply.Data(fetch.offset(), bytes));
  }

  private @Nullable SealedBlob blob(Session session, Command.Fetch fetch)
      throws StorageException, SealException, IOException {
    Download last = session.transfers().download();
    if (last != null && last.room() == fetch.room() && last.number() == fetch.number()) {
      return last.blob();
    }
    List<Row> rows =
        services.read((store, generation) -> store.after(fetch.room(), fetch.number() - 1, 1));
    if (rows.isEmpty()
        || !(rows.getFirst() instanceof Row.Entry entry)
        || entry.number() != fetch.number()
        || entry.envelope().kind() != Bodies.FILE
        || entry.body() == null) {
      return null;
    }
    Bodies.StoredFile file = Bodies.file(services.entries().body(entry.envelope(), entry.body()));
    return new SealedBlob(file.blob(), file.key(), file.shown().size());
  }

  private byte[] piece(Session session, Command.Fetch fetch, SealedBlob blob, long number)
      throws StorageException, SealException {
    Download last = session.transfers().download();
    if (last != null && last.blob().id().equals(blob.id()) && last.pieceNumber() == number) {
      return last.piece();
    }
    byte[] piece = blob.read(services, number);
    session.transfers().download(new Download(fetch.room(), fetch.number(), blob, number, piece));
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
