// SPDX-License-Identifier: Apache-2.0
package chat.operations;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * What an operator can do for people, and to them. An account is named by its name, or by {@code #}
 * and its id. The last owner who can log in can't be suspended, demoted or deleted. Any thread may
 * call it; calls wait for the disk.
 */
@ProviderType
public interface AccountOperations {
  /** The most accounts of one page. */
  int MOST = 1_000;

  /** For how many hours a link to set a new password is good. */
  int RESET_HOURS = 24;

  /**
   * Lists accounts.
   *
   * @param words what their names hold; empty for all
   * @param after the name behind which the page begins; empty for the first one
   * @param limit 1 to {@link #MOST}
   */
  AccountPage list(String words, String after, int limit) throws OperationException;

  AccountDetails show(String account) throws OperationException;

  /** Ends its sessions and lets it log in no more; everything else stays. */
  void suspend(String account) throws OperationException;

  /** Lets a suspended account log in again. */
  void resume(String account) throws OperationException;

  /**
   * Makes a link by which whoever has it can set a new password, once.
   *
   * @param host how the server is called from outside; empty for what this machine calls itself
   * @return the link, which is shown once and kept by nobody
   */
  String resetLink(String account, Optional<String> host) throws OperationException;

  /** The devices that are logged in, the last used first. */
  List<SessionInfo> sessions(String account) throws OperationException;

  /** Lets who lost the authenticator log in with the password alone. */
  void removeSecondFactor(String account) throws OperationException;

  /** Logs all devices out. */
  void endSessions(String account) throws OperationException;

  void setRole(String account, AccountRole role) throws OperationException;

  /** Gives another name; the id stays, and with it everything else. */
  void rename(String account, String name) throws OperationException;

  /**
   * Tells all that the server keeps of an account: for people who ask for what is theirs. Takes as
   * long as there is much to tell.
   *
   * @throws IOException if the receiver did
   */
  void export(String account, AccountReceiver receiver) throws OperationException, IOException;

  /** Ends it for good: what it said is erased. */
  void delete(String account) throws OperationException;
}
