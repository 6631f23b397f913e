// SPDX-License-Identifier: Apache-2.0
package chat.server.room;

/**
 * What an account may do on the server as a whole, by its role. The table in docs/rights.md is the
 * same, which a test compares.
 */
public enum ServerRight {
  LOG_IN(Role.MEMBER),
  /** Make invitations to the server where members may not. */
  INVITE_TO_SERVER(Role.ADMIN),
  /** Be at least a moderator of every public room that one has joined. */
  MODERATE_PUBLIC_ROOMS(Role.ADMIN),
  /** Be an owner of every public room that one has joined. */
  OWN_PUBLIC_ROOMS(Role.OWNER),
  /** Look after the accounts of others: see, suspend, rename, delete them, end their sessions. */
  ADMINISTER_ACCOUNTS(Role.OWNER),
  /** Tell everybody something. */
  ANNOUNCE(Role.OWNER);

  private final Role least;

  ServerRight(Role least) {
    this.least = least;
  }

  /** Whether an account has it; who is suspended has none. */
  public boolean isOf(Account account) {
    return !account.isSuspended() && account.role().compareTo(least) >= 0;
  }
}
