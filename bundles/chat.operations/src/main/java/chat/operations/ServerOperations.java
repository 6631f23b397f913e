// SPDX-License-Identifier: Apache-2.0
package chat.operations;

import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** What an operator can ask the server about itself and its people. Any thread may call it. */
@ProviderType
public interface ServerOperations {
  /** The most people that one invitation lets in. */
  int MOST_USES = 10_000;

  /** For how many days the invitation of an owner is good that an operator made. */
  int OWNER_DAYS = 7;

  /** The most days for which one invitation is good. */
  int MOST_DAYS = 365;

  /**
   * How the server is doing.
   *
   * @throws OperationException if it has not begun yet
   */
  ServerStatus status() throws OperationException;

  /** The names of those who are online, sorted. */
  List<String> onlineUsers() throws OperationException;

  /**
   * Makes an invitation.
   *
   * @return the link, which is shown once and kept by nobody
   */
  String invite(InvitationRequest request) throws OperationException;

  /**
   * Makes the invitation with which somebody registers and becomes an owner of the server; the one
   * of before ends.
   *
   * @param host how the server is called from outside; empty for what this machine calls itself
   * @return the link, which is shown once
   */
  String inviteOwner(Optional<String> host) throws OperationException;

  /** What is announced to everybody now; empty for nothing. */
  String announcement() throws OperationException;

  /**
   * Tells everybody something, now and at each log-in, until something else is announced.
   *
   * @param text at most 1,000 characters; empty to take back what is announced
   */
  void announce(String text) throws OperationException;

  /** The invitations that still let somebody in. */
  List<InvitationInfo> invitations() throws OperationException;

  /** Takes an invitation back. */
  void revokeInvitation(String id) throws OperationException;

  /** How far it is with sealing everything anew, and what was left out. */
  Sealing sealing() throws OperationException;

  /**
   * Puts another master key in the place of the one that is good. Everything that decides something
   * is sealed anew behind it, while people chat; {@link #sealing} tells how far that is.
   *
   * @throws OperationException if that is still going on since the last time
   */
  void rekey() throws OperationException;
}
