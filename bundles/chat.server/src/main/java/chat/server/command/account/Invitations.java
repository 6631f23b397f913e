// SPDX-License-Identifier: Apache-2.0
package chat.server.command.account;

import chat.operations.InvitationInfo;
import chat.protocol.Invitation;
import chat.server.base.Aes;
import chat.server.base.CellKind;
import chat.server.base.Cells;
import chat.server.base.SealException;
import chat.server.base.Seals;
import chat.server.base.Sha256;
import chat.server.room.Role;
import chat.server.store.Journal;
import chat.server.store.StoreAccess;
import chat.storage.Cell;
import chat.storage.CellKey;
import chat.storage.Change;
import chat.storage.Change.CellWrite;
import chat.storage.ChatStore;
import chat.storage.StorageException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Who may come although registration is not open. Only the hash of a code is kept: a link is shown
 * once, to the operator who asked for it.
 *
 * <p><b>Threads.</b> Operators' and the timer's; calls wait for the disk.
 */
public record Invitations(StoreAccess access, Seals seals, InstantSource clock) {
  private static final int CODE = 16;
  private static final int SHOWN = 8;

  /** An invitation as it is kept. */
  private record Kept(CellKey key, InvitationGrant grant) {
    /** By this operators tell invitations from each other. */
    String id() {
      return key.key().substring(0, SHOWN);
    }
  }

  /** By this operators know the invitation with this code; empty if it is none. */
  static Optional<String> id(String code) {
    return code.isEmpty() ? Optional.empty() : Optional.of(key(code).key().substring(0, SHOWN));
  }

  public static CellKey key(String code) {
    return Cells.invitation(Sha256.of(code.getBytes(StandardCharsets.UTF_8)));
  }

  /** A code that nobody can guess. */
  public static String newCode() {
    return Invitation.code(Aes.random(CODE));
  }

  /** Makes an invitation with this code. */
  public void make(String code, int uses, int days) throws StorageException {
    long end = clock.millis() + Duration.ofDays(days).toMillis();
    access.settle(
        Change.write(
            List.of(),
            seals.write(key(code), new InvitationGrant(Role.MEMBER, uses, end).bytes())));
  }

  /**
   * Makes the one invitation that makes its bearer an owner of the server; those of before end.
   *
   * @param end UTC milliseconds
   */
  public void makeOwners(String code, long end) throws StorageException {
    List<CellWrite> cells = new ArrayList<>();
    for (Kept each : kept()) {
      if (each.grant().role() == Role.OWNER) {
        cells.add(new CellWrite(each.key(), null));
      }
    }
    cells.add(seals.write(key(code), new InvitationGrant(Role.OWNER, 1, end).bytes()));
    access.settle(new Change(List.of(), null, cells, List.of(), List.of()));
  }

  /** Whether a code still lets somebody in. */
  public boolean isGood(String code) throws StorageException {
    CellKey key = key(code);
    return all().stream().anyMatch(each -> each.key().equals(key));
  }

  /** Those that still let somebody in. */
  private List<Kept> all() throws StorageException {
    List<Kept> good = new ArrayList<>(kept());
    good.removeIf(each -> each.grant().isOver(clock.millis()));
    return good;
  }

  private List<Kept> kept() throws StorageException {
    List<Kept> kept = new ArrayList<>();
    String after = "";
    for (List<Cell> page = page(after); !page.isEmpty(); page = page(after)) {
      for (Cell cell : page) {
        after = cell.key().key();
        try {
          kept.add(new Kept(cell.key(), InvitationGrant.of(seals.openCell(cell))));
        } catch (IOException | SealException e) {
          seals.integrity().leftOut("invitation " + after, e);
        }
      }
    }
    return kept;
  }

  private List<Cell> page(String after) throws StorageException {
    return access.read(
        (store, generation) -> store.cells(CellKind.INVITATION.space(), after, ChatStore.MAX_ROWS));
  }

  /** Those that still let somebody in, for operators. */
  public List<InvitationInfo> usable() throws StorageException {
    return all().stream()
        .map(each ->
            new InvitationInfo(
                each.id(), each.grant().uses(), end(each.grant()), each.grant().role().name()))
        .toList();
  }

  private static Optional<Instant> end(InvitationGrant grant) {
    return grant.end() == Long.MAX_VALUE
        ? Optional.empty()
        : Optional.of(Instant.ofEpochMilli(grant.end()));
  }

  /**
   * Takes an invitation back.
   *
   * @return whether there was one with this id
   */
  public boolean withdraw(String id) throws StorageException {
    Optional<Kept> known = all().stream().filter(each -> each.id().equals(id)).findFirst();
    if (known.isPresent()) {
      access.settle(Change.write(List.of(), new CellWrite(known.get().key(), null)));
    }
    return known.isPresent();
  }

  /**
   * Forgets those that are over; the one for the owner is, when there is one.
   *
   * @param owned whether somebody owns the server
   */
  public void sweep(boolean owned) throws StorageException {
    for (Kept each : kept()) {
      boolean isOwners = each.grant().role() == Role.OWNER && each.grant().end() == Long.MAX_VALUE;
      if (each.grant().isOver(clock.millis()) || owned && isOwners) {
        access
            .journal()
            .submit(Change.write(List.of(), new CellWrite(each.key(), null)), Journal.IGNORED);
      }
    }
  }
}
