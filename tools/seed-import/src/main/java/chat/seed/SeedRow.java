// SPDX-License-Identifier: Apache-2.0
package chat.seed;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** A row of the original's database that is as it should be. */
sealed interface SeedRow {

  /** Somebody who registered. The password stands there in clear. */
  record User(String name, String password) implements SeedRow {
    @Override
    public String toString() {
      return "user " + name;
    }
  }

  /** Two who added each other. */
  record Friends(String one, String other) implements SeedRow {}

  /** What was said or sent, at a time. */
  sealed interface Said extends SeedRow {
    /** Where it stands: table and number. */
    String place();

    String author();

    /** UTC milliseconds. */
    long time();

    /** The same each time this row is read, and another one for any other row. */
    UUID id();
  }

  /**
   * A text.
   *
   * @param peer to whom it was said; empty if to everybody
   */
  record Text(UUID id, String place, String author, String peer, long time, String text)
      implements Said {}

  /**
   * A file that was sent to everybody. Its content is read when it is its turn.
   *
   * @param number of the row
   */
  record Attachment(UUID id, String place, long number, String author, long time, String name)
      implements Said {}

  /** Of what stands in the row itself: whatever its time is taken to mean, the id is the same. */
  static UUID idOf(String... parts) {
    return UUID.nameUUIDFromBytes(
        ("seed\0" + String.join("\0", parts)).getBytes(StandardCharsets.UTF_8));
  }
}
