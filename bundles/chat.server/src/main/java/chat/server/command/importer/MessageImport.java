// SPDX-License-Identifier: Apache-2.0
package chat.server.command.importer;

import chat.protocol.Content;
import chat.protocol.Event;
import chat.protocol.Limits;
import chat.protocol.Rank;
import chat.server.base.Aes;
import chat.server.base.Cells;
import chat.server.base.Seals;
import chat.server.base.Sha256;
import chat.server.base.Texts;
import chat.server.command.SearchTokens;
import chat.server.room.Directory;
import chat.server.room.EntryCodec;
import chat.server.room.EntryCodec.Body;
import chat.server.room.EntryCodec.StoredFile;
import chat.server.room.EntryStamps;
import chat.server.room.NewEntries;
import chat.server.room.Room;
import chat.server.room.Room.Membership;
import chat.server.room.Room.Versioned;
import chat.server.room.StoredRoom;
import chat.server.session.Devices;
import chat.server.session.StateUpdate;
import chat.server.store.SealedBlob;
import chat.server.store.StoreAccess;
import chat.storage.CellKey;
import chat.storage.Change;
import chat.storage.Change.BlobCommit;
import chat.storage.Change.CellPresent;
import chat.storage.Change.CellVersion;
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
  /** A text of somebody who is here by now, to the Lobby or to one other person. */
  CompletableFuture<Outcome> text(UUID id, long author, Optional<Long> peer, long said, String text)
      throws StorageException, NotImportedException {
    String sound = Texts.lines(text);
    Texts.Fault fault = Texts.fault(sound, limits.text());
    if (fault != null) {
      throw new NotImportedException(fault.detail());
    }
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
                    shown.time(),
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

  private Room roomOfTwo(long one, long other) throws StorageException, NotImportedException {
    if (one == other) {
      throw new NotImportedException("it takes two to talk");
    }
    Optional<Room> there = directory.rooms().direct(one, other);
    if (there.isPresent()) {
      return there.get();
    }
    Room room =
        directory
            .rooms()
            .make(directory.rooms().nextId(), new Versioned<>(StoredRoom.direct(one, other), 1), 0);
    Content.RoomSet content = new Content.RoomSet(room.settings());
    Body body = EntryCodec.of(content);
    UUID id = UUID.randomUUID();
    CellKey key = Cells.room(room.id());
    CellKey pair = Cells.direct(one, other);
    Membership member = new Membership(Rank.MEMBER, 0, clock.millis());
    NewEntry entry = NewEntries.of(seals, room.id(), id, one, body);
    Outcome outcome =
        access.await(
            access.commit(
                new Change(
                    List.of(new CellVersion(key, 0), new CellVersion(pair, 0)),
                    entry,
                    List.of(
                        seals.write(key, room.stored().value().bytes()),
                        EntryStamps.ofNewRoom(seals, room.id()),
                        seals.write(pair, Cells.bytes(room.id())),
                        seals.write(Cells.member(room.id(), one), member.bytes()),
                        seals.write(Cells.member(room.id(), other), member.bytes())),
                    List.of(),
                    List.of()),
                committed -> {
                  directory.rooms().add(room);
                  for (long account : List.of(one, other)) {
                    directory.rooms().putMember(room, account, new Versioned<>(member, 1));
                    devices.tell(account, new StateUpdate.OfRoom(room.id()));
                  }
                  room.add(
                      new Event.Entry(
                          room.id(),
                          committed.number(),
                          id,
                          directory.accounts().person(one),
                          committed.time(),
                          content));
                }));
    return outcome instanceof Outcome.Refused
        ? directory
            .rooms()
            .direct(one, other)
            .orElseThrow(() -> new NotImportedException("try again"))
        : room;
  }

  /** A file of somebody who is here by now, to the Lobby. */
  Outcome file(UUID id, long author, long said, String name, Path path)
      throws StorageException, IOException, NotImportedException {
    long size = Files.size(path);
    if (name.isBlank()) {
      throw new NotImportedException("it has no name");
    }
    if (size > limits.file()) {
      throw new NotImportedException("it has more than " + limits.file() + " bytes");
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
