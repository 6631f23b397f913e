// SPDX-License-Identifier: Apache-2.0
package chat.desktop;

import java.nio.file.Path;

/** What the welcome window begins with. */
sealed interface FirstStep {

  /** The owner's account is created with the code in this file. */
  record CreateOwner(Path file) implements FirstStep {}

  /** A link is followed: an invitation, or one for a new password. */
  record Follow(String link) implements FirstStep {}
}
