// SPDX-License-Identifier: Apache-2.0
package chat.server.command.account;

import chat.protocol.Device;
import chat.server.base.CellKind;
import chat.server.base.Cells;
import chat.server.base.SealException;
import chat.server.base.Seals;
import chat.server.base.ServerConfig;
import chat.server.room.Account;
import chat.server.room.Directory;
import chat.server.session.Devices;
import chat.server.store.Journal;
import chat.server.store.StoreAccess;
import chat.storage.Cell;
import chat.storage.CellKey;
import chat.storage.Change;
import chat.storage.Change.CellVersion;
import chat.storage.Change.CellWrite;
import chat.storage.Change.Condition;
import chat.storage.ChatStore;
import chat.storage.Outcome;
import chat.storage.StorageException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sessions that tokens open, as they are kept.
 *
 * <p>A session is good as long as its cell is there, its account is in the epoch in which the
 * session began, and it has been used not too long ago. So all sessions of an account end with one
 * number, whatever there is of them, and those of earlier builds too; their cells are swept later.
 *
 * <p><b>Races.</b> Whoever opens a session is first among the connected ones and then looks again
 * whether it is still good; whoever ends sessions first makes them worthless and then closes those
 * that are connected. So one of the two sees the other.
 *
 * <p><b>Threads.</b> What reads the store is for readers' threads, the rest for any.
 */
public record StoredSessions(
    StoreAccess access,
    Directory directory,
    Devices devices,
    Seals seals,
    Duration idle,
    InstantSource clock) {
  private static final Logger LOG = LoggerFactory.getLogger(StoredSessions.class);

  /** A use is written down this long after the last one that was. */
  private static final Duration PRECISION = Duration.ofHours(1);

  private static final Duration DAY = Duration.ofDays(1);
  private static final int NAME = 100;

  /** The most sessions of an account that are looked through; the others are found by the sweep. */
  private static final int MOST = 1_000;

  public static StoredSessions of(
      StoreAccess access,
      Directory directory,
      Devices devices,
      Seals seals,
      ServerConfig config,
      InstantSource clock) {
    return new StoredSessions(
        access, directory, devices, seals, Duration.ofDays(config.sessionDays()), clock);
  }

  /** A session that is good, and the version of its cell. */
  public record Found(StoredSession session, Account account, long version) {}

  /** What ends sessions together with another change. */
  record Ending(List<Condition> conditions, List<CellWrite> cells) {}

  /** Lets a token log in to an account from now on. */
  List<CellWrite> begun(byte[] hash, Account account, String device, SocketAddress peer) {
    long now = clock.millis();
    String name = device.substring(0, Math.min(device.length(), NAME));
    return cells(
        hash, new StoredSession(account.id(), now, name, now, text(peer), account.epoch()));
  }

  private List<CellWrite> cells(byte[] hash, StoredSession session) {
    return List.of(
        seals.write(Cells.session(hash), session.bytes()),
        seals.write(Cells.device(session.account(), hash), new byte[0]));
  }

  /** The session that a token opens, if it is good. */
  public Optional<Found> find(byte[] hash) throws StorageException {
    CellKey key = Cells.session(hash);
    Optional<Cell> cell = access.read((store, generation) -> store.cell(key));
    return cell.flatMap(this::opened)
        .flatMap(session ->
            directory
                .accounts()
                .get(session.account())
                .filter(account -> session.isGood(account, clock.millis(), idle))
                .map(account -> new Found(session, account, cell.get().version())));
  }

  private Optional<StoredSession> opened(Cell cell) {
    try {
      return Optional.of(StoredSession.of(seals.openCell(cell)));
    } catch (IOException | SealException e) {
      seals.integrity().leftOut(cell.key().space() + " " + cell.key().key(), e);
      return Optional.empty();
    }
  }

  /**
   * Notes that a session is used, unless that was noted not long ago.
   *
   * @return whether it was noted
   */
  boolean use(byte[] hash, Found found, SocketAddress peer) {
    long now = clock.millis();
    boolean isDue =
        now - found.session().used() >= PRECISION.toMillis()
            || !found.session().address().equals(text(peer));
    if (isDue) {
      List<CellWrite> cells = cells(hash, found.session().usedAt(now, text(peer)));
      access.journal().submit(unlessChanged(hash, found.version(), cells), Journal.IGNORED);
    }
    return isDue;
  }

  /** Writes cells unless the session was ended meanwhile. */
  private static Change unlessChanged(byte[] hash, long version, List<CellWrite> cells) {
    return new Change(
        List.of(new CellVersion(Cells.session(hash), version)), null, cells, List.of(), List.of());
  }

  private static String text(SocketAddress peer) {
    return peer instanceof InetSocketAddress inet && inet.getAddress() != null
        ? inet.getAddress().getHostAddress()
        : peer.toString();
  }

  /** The devices of an account, the last used first. */
  public List<Device> of(long account, byte[] own, int most) throws StorageException {
    List<Device> all = new ArrayList<>();
    long now = clock.millis();
    for (byte[] hash : hashes(account)) {
      find(hash)
          .map(Found::session)
          .ifPresent(session ->
              all.add(
                  new Device(
                      id(hash),
                      session.device(),
                      session.address(),
                      session.made(),
                      isConnected(account, hash) ? now : session.used(),
                      Arrays.equals(hash, own))));
    }
    all.sort(Comparator.comparing(Device::current).thenComparingLong(Device::used).reversed());
    return all.size() > most ? all.subList(0, most) : all;
  }

  /** The hash of the token that a device has. */
  Optional<byte[]> hash(long account, UUID device) throws StorageException {
    return hashes(account).stream().filter(hash -> id(hash).equals(device)).findFirst();
  }

  /** By this people tell devices from each other. */
  private static UUID id(byte[] hash) {
    ByteBuffer bytes = ByteBuffer.wrap(hash);
    return new UUID(bytes.getLong(), bytes.getLong());
  }

  private List<byte[]> hashes(long account) throws StorageException {
    List<byte[]> hashes = new ArrayList<>();
    String first = Cells.devicesOf(account);
    String after = first;
    while (hashes.size() < MOST) {
      String from = after;
      List<Cell> page =
          access.read((store, generation) ->
              store.cells(CellKind.DEVICE.space(), from, ChatStore.MAX_ROWS));
      for (Cell cell : page) {
        if (!cell.key().key().startsWith(first)) {
          return hashes;
        }
        hashes.add(Cells.tokenHash(cell.key()));
        after = cell.key().key();
      }
      if (page.isEmpty()) {
        return hashes;
      }
    }
    return hashes;
  }

  /** Forgets a session that nobody can open any more. */
  public void forget(long account, byte[] hash) {
    access
        .journal()
        .submit(
            new Change(List.of(), null, ended(account, hash), List.of(), List.of()),
            Journal.IGNORED);
  }

  /** What forgets a session. */
  static List<CellWrite> ended(long account, byte[] hash) {
    return List.of(
        new CellWrite(Cells.session(hash), null), new CellWrite(Cells.device(account, hash), null));
  }

  /**
   * What ends all sessions of an account but one.
   *
   * @param next the account in the epoch that begins
   * @param kept the hash of the token that goes on; empty if none does
   */
  Ending ending(Account next, byte[] kept) throws StorageException {
    List<Condition> conditions = new ArrayList<>();
    List<CellWrite> cells = new ArrayList<>();
    Optional<Found> own = find(kept);
    if (own.isPresent()) {
      conditions.add(new CellVersion(Cells.session(kept), own.get().version()));
      cells.addAll(cells(kept, own.get().session().in(next.epoch())));
    }
    for (byte[] hash : hashes(next.id())) {
      if (!Arrays.equals(hash, kept)) {
        cells.addAll(ended(next.id(), hash));
      }
    }
    return new Ending(conditions, cells);
  }

  private boolean isConnected(long account, byte[] hash) {
    return devices.connected(account).stream().anyMatch(session -> session.uses(hash));
  }

  /** Forgets, in the background, the sessions that are worth nothing any more. */
  public void sweepSoon() {
    sweepBehind("");
  }

  /** A page at a time, so that others who read get their turn. */
  private void sweepBehind(String after) {
    access
        .readers()
        .lane(1)
        .submit(() -> {
          try {
            List<Cell> page =
                access.read((store, generation) ->
                    store.cells(CellKind.SESSION.space(), after, ChatStore.MAX_ROWS));
            List<CompletableFuture<Outcome>> submitted = new ArrayList<>();
            page.forEach(cell -> sweep(cell).ifPresent(submitted::add));
            for (CompletableFuture<Outcome> each : submitted) {
              access.await(each);
            }
            if (!page.isEmpty()) {
              sweepBehind(page.getLast().key().key());
            }
          } catch (StorageException e) {
            LOG.warn("Sessions that are over are forgotten later: {}", e.getMessage());
          }
        });
  }

  private Optional<CompletableFuture<Outcome>> sweep(Cell cell) {
    byte[] hash = HexFormat.of().parseHex(cell.key().key());
    return opened(cell)
        .flatMap(session -> swept(hash, session))
        .map(cells -> access.commit(unlessChanged(hash, cell.version(), cells), _ -> {}));
  }

  /** What becomes of a session; empty if it stays as it is. */
  private Optional<List<CellWrite>> swept(byte[] hash, StoredSession session) {
    long now = clock.millis();
    Optional<Account> owner = directory.accounts().get(session.account());
    if (owner.isEmpty() || owner.get().epoch() != session.epoch()) {
      return Optional.of(ended(session.account(), hash));
    }
    if (isDue(session, hash, now)) {
      return Optional.of(cells(hash, session.usedAt(now, session.address())));
    }
    return session.isIdle(now, idle)
        ? Optional.of(ended(session.account(), hash))
        : Optional.empty();
  }

  /** When an earlier build used a session is not known; and who stays connected goes on using. */
  private boolean isDue(StoredSession session, byte[] hash, long now) {
    return session.used() == 0
        || now - session.used() > DAY.toMillis() && isConnected(session.account(), hash);
  }
}
