// SPDX-License-Identifier: Apache-2.0
package chat.cli.command;

import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The state of something that can be switched. */
enum OnOff {
  ON,
  OFF;

  /** Null for what is not given, and stays as it is. */
  static Optional<Boolean> of(@Nullable OnOff state) {
    return Optional.ofNullable(state).map(given -> given == ON);
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
