// SPDX-License-Identifier: Apache-2.0
package chat.server.command.account;

import chat.protocol.Invitation;
import chat.server.base.Aes;
import chat.server.base.Cells;
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
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who may come although registration is not open. Only the hash of a code is kept: a link is shown
 * once, to the operator who asked for it.
 *
 * <p><b>Threads.</b> Operators' and the timer's; calls wait for the disk.
 */
public record Invitations(StoreAccess access, InstantSource clock) {
  public static final int MOST_USES = 10_000;
  public static final int MOST_DAYS = 365;

  private static final Logger LOG = LoggerFactory.getLogger(Invitations.class);
  private static final int CODE = 16;
  private static final int SHOWN = 8;

  /** An invitation as it is kept. */
  record Kept(CellKey key, InvitationGrant grant) {
    /** By this operators tell invitations from each other. */
    String id() {
      return key.key().substring(0, SHOWN);
    }
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
            new CellWrite(key(code), new InvitationGrant(Role.MEMBER, uses, end).bytes())));
  }

  /** Those that still let somebody in. */
  public List<Kept> all() throws StorageException {
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
          kept.add(new Kept(cell.key(), InvitationGrant.of(cell.value())));
        } catch (IOException e) {
          LOG.error("Invitation {} can't be read: {}", after, e.getMessage());
        }
      }
    }
    return kept;
  }

  private List<Cell> page(String after) throws StorageException {
    return access.read(
        (store, generation) -> store.cells(Cells.INVITATION, after, ChatStore.MAX_ROWS));
  }

  /**
   * Takes an invitation back.
   *
   * @throws IllegalArgumentException if there is none with this id
   */
  public void withdraw(String id) throws StorageException {
    Kept known =
        all().stream()
            .filter(each -> each.id().equals(id))
            .findFirst()
            .orElseThrow(() ->
                new IllegalArgumentException(
                    "there is no invitation " + id + "; chatroom invitations lists them"));
    access.settle(Change.write(List.of(), new CellWrite(known.key(), null)));
  }

  /** Forgets those that are over. */
  public void sweep() throws StorageException {
    for (Kept each : kept()) {
      if (each.grant().isOver(clock.millis())) {
        access
            .journal()
            .submit(Change.write(List.of(), new CellWrite(each.key(), null)), Journal.IGNORED);
      }
    }
  }

  /** For operators: a line each, with id, uses and end. */
  public static String text(List<Kept> invitations) {
    StringBuilder text = new StringBuilder();
    for (Kept each : invitations) {
      text.append(each.id())
          .append(" uses ")
          .append(each.grant().uses())
          .append(" until ")
          .append(until(each.grant()))
          .append(each.grant().role() == Role.MEMBER ? "\n" : " as " + each.grant().role() + "\n");
    }
    return text.isEmpty() ? "there are no invitations" : text.toString().stripTrailing();
  }

  static String until(InvitationGrant grant) {
    return grant.end() == Long.MAX_VALUE
        ? "ever"
        : Instant.ofEpochMilli(grant.end()).truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
