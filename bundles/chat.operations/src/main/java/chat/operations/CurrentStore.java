// SPDX-License-Identifier: Apache-2.0
package chat.operations;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The store in use. */
public sealed interface CurrentStore {
  /** When a store took over the last time, and for how long nobody could write because of it. */
  record Pause(Instant at, Duration length) {}

  Optional<Pause> lastPause();

  /** One is in use. */
  record InUse(String description, long generation, Optional<Pause> lastPause)
      implements CurrentStore {}

  /** None is in use for the moment. */
  record Missing(String why, Optional<Pause> lastPause) implements CurrentStore {}
}
