// SPDX-License-Identifier: Apache-2.0
package chat.server.command.importer;

import chat.protocol.Content;
import chat.protocol.Event;
import chat.protocol.Limits;
import chat.protocol.Problem;
import chat.server.base.Aes;
import chat.server.base.Cells;
import chat.server.base.Refusal;
import chat.server.base.Seals;
import chat.server.base.Sha256;
import chat.server.base.text.Texts;
import chat.server.command.SearchTokens;
import chat.server.command.room.NewDirectRoom;
import chat.server.room.Directory;
import chat.server.room.EntryCodec;
import chat.server.room.EntryCodec.Body;
import chat.server.room.EntryCodec.StoredFile;
import chat.server.room.NewEntries;
import chat.server.room.Room;
import chat.server.session.Devices;
import chat.server.store.SealedBlob;
import chat.server.store.StoreAccess;
import chat.storage.Change;
import chat.storage.Change.BlobCommit;
import chat.storage.Change.CellPresent;
import chat.storage.Change.NewEntry;
import chat.storage.Outcome;
import chat.storage.Row;
import chat.storage.StorageException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/**
 * Imports texts and files with their times. Messages bring the ids that they get, so that the same
 * again changes nothing.
 */
record MessageImport(
    StoreAccess access,
    Directory directory,
    Devices devices,
    Seals seals,
    Limits limits,
    InstantSource clock) {
  private static final int ATTEMPTS = 20;

  /** A text of somebody who is here by now, to the Lobby or to one other person. */
  CompletableFuture<Outcome> text(UUID id, long author, Optional<Long> peer, long said, String text)
      throws Refusal, StorageException {
    String sound = Texts.lines(text);
    Texts.checkMessage(sound, limits.text());
    Room room = peer.isEmpty() ? directory.rooms().lobby() : roomOfTwo(author, peer.get());
    return append(
        room,
        new Event.Entry(
            room.id(), 0, id, directory.accounts().person(author), said, new Content.Text(sound)),
        EntryCodec.told(sound, said),
        SearchTokens.ofText(seals, room.id(), author, sound, List.of()),
        List.of());
  }

  /**
   * @param shown what people see of it, but for its number
   */
  private CompletableFuture<Outcome> append(
      Room room, Event.Entry shown, Body body, List<Long> tokens, List<BlobCommit> blobs) {
    long author = shown.author().account();
    byte[] hashed = hashed(body, shown.content());
    NewEntry entry = NewEntries.of(seals, room.id(), shown.id(), author, body, hashed, 0, tokens);
    // What an earlier build imported is known by the hash that it had there.
    return append(room, shown, entry, blobs)
        .thenCompose(outcome ->
            outcome instanceof Outcome.Refused(Outcome.Reason reason, int _)
                    && reason == Outcome.Reason.ID_TAKEN
                ? append(room, shown, NewEntries.asBefore(seals, entry, hashed), blobs)
                : CompletableFuture.completedFuture(outcome));
  }

  private CompletableFuture<Outcome> append(
      Room room, Event.Entry shown, NewEntry entry, List<BlobCommit> blobs) {
    long author = entry.author();
    return access.commit(
        new Change(
            List.of(new CellPresent(Cells.member(room.id(), author))),
            entry,
            List.of(),
            blobs,
            List.of()),
        committed ->
            room.add(
                new Event.Entry(
                    room.id(),
                    committed.number(),
                    shown.id(),
                    shown.author(),
                    Math.min(shown.time(), committed.time()),
                    shown.content())));
  }

  /**
   * By these bytes a repeat is known: a file gets another key each time, and the time of a text may
   * be taken for that of another zone.
   */
  private static byte[] hashed(Body body, Content content) {
    return switch (content) {
      case Content.File file -> EntryCodec.label(file);
      case Content.Text text -> text.text().getBytes(StandardCharsets.UTF_8);
      default -> body.bytes();
    };
  }

  private Room roomOfTwo(long one, long other) throws Refusal, StorageException {
    if (one == other) {
      throw Refusal.invalid(Problem.PERSON_UNKNOWN, "it takes two to talk");
    }
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      Optional<Room> there = directory.rooms().direct(one, other);
      if (there.isPresent()) {
        return there.get();
      }
      if (directory.contacts().blocks(one, other) || directory.contacts().blocks(other, one)) {
        throw Refusal.denied(Problem.NOT_ALLOWED, "one of the two has blocked the other here");
      }
      NewDirectRoom made = NewDirectRoom.of(directory, seals, one, other, clock.millis());
      if (!(access.await(commit(made, one)) instanceof Outcome.Refused)) {
        return made.room();
      }
    }
    throw Refusal.postponed(Problem.BUSY, "others change the same, try again", 0);
  }

  private CompletableFuture<Outcome> commit(NewDirectRoom made, long author) {
    Room room = made.room();
    UUID id = UUID.randomUUID();
    NewEntry entry = NewEntries.of(seals, room.id(), id, author, EntryCodec.of(made.content()));
    return access.commit(
        new Change(made.conditions(), entry, made.cells(), List.of(), List.of()),
        committed -> {
          made.applied(devices);
          room.add(
              new Event.Entry(
                  room.id(),
                  committed.number(),
                  id,
                  directory.accounts().person(author),
                  committed.time(),
                  made.content()));
        });
  }

  /** A file of somebody who is here by now, to the Lobby. */
  Outcome file(UUID id, long author, long said, String name, Path path)
      throws Refusal, StorageException, IOException {
    long size = Files.size(path);
    if (name.isBlank()) {
      throw Refusal.invalid(Problem.FILE_INVALID, "it has no name");
    }
    if (size > limits.file()) {
      throw Refusal.invalid(Problem.FILE_TOO_LARGE, "it has more than " + limits.file() + " bytes");
    }
    Optional<Row> there = access.read((store, generation) -> store.find(author, id));
    if (there.isPresent()) {
      long time = there.get() instanceof Row.Entry entry ? entry.envelope().time() : said;
      return new Outcome.Repeated(there.get().number(), time);
    }
    SealedBlob blob = new SealedBlob(UUID.randomUUID(), Aes.random(SealedBlob.KEY), size);
    byte[] sha256 = stage(blob, path);
    Content.File shown = new Content.File(name, "application/octet-stream", size, sha256);
    Room lobby = directory.rooms().lobby();
    return access.await(
        append(
            lobby,
            new Event.Entry(lobby.id(), 0, id, directory.accounts().person(author), said, shown),
            new Body(
                EntryCodec.FILE,
                EntryCodec.file(new StoredFile(shown, blob.id(), blob.key(), said))),
            SearchTokens.ofFile(seals, lobby.id(), author, shown),
            List.of(new BlobCommit(blob.id(), blob.sealedLength()))));
  }

  /** Stages a file piece by piece; its SHA-256. */
  private byte[] stage(SealedBlob blob, Path path) throws StorageException, IOException {
    MessageDigest sha = Sha256.digest();
    try (InputStream in = Files.newInputStream(path)) {
      for (long piece = 0; piece < blob.pieces(); piece++) {
        byte[] clear = in.readNBytes(SealedBlob.PIECE);
        byte[] sealed = blob.seal(piece, clear);
        long offset = SealedBlob.offset(piece);
        sha.update(clear);
        access.stage(blob.id(), (store, generation) -> store.stage(blob.id(), offset, sealed));
      }
    }
    return sha.digest();
  }
}
