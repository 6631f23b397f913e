// SPDX-License-Identifier: Apache-2.0
package chat.system;

import java.util.Locale;

/**
 * The places in the bundles' sources at which tests plant faults. Each is marked there by a comment
 * {@code // fault-point: name} on the line above a statement, a member or an argument, so a test
 * depends neither on the file nor on the text that stands there.
 */
enum FaultPoint {
  STORE_DATA_VERSION,
  STORE_OPEN,
  STORE_NAME,
  STORE_ACTIVATE,
  STORE_WRITER_FIELDS,
  STORE_BEGIN,
  STORE_COMMIT,
  STORE_KNOWN_ENTRY,
  STORE_ENTRY_INDEX,
  SERVER_START,
  SERVER_LOAD,
  SERVER_TURN,
  FEED_GAP_LIMIT,
  FEED_START,
  LISTENER_START,
  HAND_OVER,
  HAND_OVER_LAST_STEP,
  MIGRATION_SETTLE,
  MIGRATION_RECEIVE,
  MIGRATION_COPY,
  MIGRATION_FOLLOW,
  MIGRATION_COMPARE,
  MIGRATION_ACTIVATE,
  MIGRATION_RETIRE,
  MIGRATION_NAME,
  MIGRATION_FORGET;

  /** The comment that marks it. */
  String mark() {
    return "// fault-point: " + this;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
