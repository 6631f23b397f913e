// SPDX-License-Identifier: Apache-2.0
package chat.operations;

import java.util.List;

/**
 * All that operators see of one account.
 *
 * @param display the name that it shows; empty if that is its own
 * @param rooms how many it is a member of
 * @param contacts with how many people there is something
 * @param secondFactor whether a log-in takes a code besides the password
 */
public record AccountDetails(
    AccountInfo account,
    String display,
    int rooms,
    int contacts,
    List<SessionInfo> sessions,
    boolean secondFactor) {
  public AccountDetails {
    sessions = List.copyOf(sessions);
  }
}
