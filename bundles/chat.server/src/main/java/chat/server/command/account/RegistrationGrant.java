// SPDX-License-Identifier: Apache-2.0
package chat.server.command.account;

import chat.server.room.Role;
import chat.storage.Change.CellWrite;
import chat.storage.Change.Condition;
import java.util.List;

/**
 * What lets somebody register.
 *
 * @param role the new account gets
 * @param conditions that must still hold when it is made
 * @param cells written with it
 */
record RegistrationGrant(Role role, List<Condition> conditions, List<CellWrite> cells) {

  /** Where registration is open. */
  static final RegistrationGrant OPEN = new RegistrationGrant(Role.MEMBER, List.of(), List.of());
}
