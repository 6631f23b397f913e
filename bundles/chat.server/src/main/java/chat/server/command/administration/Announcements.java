// SPDX-License-Identifier: Apache-2.0
package chat.server.command.administration;

import chat.protocol.Problem;
import chat.server.base.Announcement;
import chat.server.base.Cells;
import chat.server.base.Refusal;
import chat.server.base.Seals;
import chat.server.base.text.Texts;
import chat.server.room.Directory;
import chat.server.session.Devices;
import chat.server.session.StateUpdate;
import chat.server.store.StoreAccess;
import chat.storage.Change;
import chat.storage.Change.CellWrite;
import chat.storage.Outcome;
import chat.storage.StorageException;
import java.time.InstantSource;
import java.util.List;

/**
 * What is announced to everybody: at most one text at a time, kept until another one takes its
 * place.
 *
 * <p><b>Threads.</b> Readers' and operators'; they wait for the disk.
 */
public record Announcements(
    StoreAccess access, Seals seals, Directory directory, Devices devices, InstantSource clock) {
  private static final int MOST = 1_000;
  private static final int MOST_BYTES = 4 * MOST;

  /**
   * A text as it is announced.
   *
   * @throws Refusal if it can't be
   */
  public static String checked(String wanted) throws Refusal {
    String text = Texts.lines(wanted).strip();
    if (text.codePointCount(0, text.length()) > MOST) {
      throw Refusal.invalid(
          Problem.TOO_LARGE, "an announcement has at most " + MOST + " characters");
    }
    Texts.check(text, MOST_BYTES);
    return text;
  }

  /**
   * Announces a text.
   *
   * @param text one that was checked; empty to take back what is announced
   */
  public void make(String text) throws StorageException {
    Announcement next = text.isEmpty() ? Announcement.NONE : new Announcement(text, clock.millis());
    CellWrite cell =
        text.isEmpty()
            ? new CellWrite(Cells.ANNOUNCEMENT, null)
            : seals.write(Cells.ANNOUNCEMENT, next.bytes());
    Outcome outcome =
        access.await(
            access.commit(Change.write(List.of(), cell), _ -> directory.announcement().set(next)));
    if (!(outcome instanceof Outcome.Committed)) {
      throw new StorageException.Unavailable("the announcement was not taken: " + outcome);
    }
    devices.tellAll(new StateUpdate.OfAnnouncement());
  }

  public Announcement current() {
    return directory.announced();
  }
}
