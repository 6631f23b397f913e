// SPDX-License-Identifier: Apache-2.0
package chat.desktop.model.server;

import chat.client.ClientEvent;
import chat.protocol.ServerRole;

/**
 * What the account is to the server, and what is announced there. Only on the thread of the window.
 */
public final class ServerNews {
  private ServerRole role = ServerRole.MEMBER;
  private ClientEvent.Announced announced = new ClientEvent.Announced("", 0);
  private long dismissed;

  public void on(ClientEvent.OfServer news) {
    switch (news) {
      case ClientEvent.RoleChanged(ServerRole next) -> role = next;
      case ClientEvent.Announced next -> announced = next;
    }
  }

  /** Whether the account looks after the people of the server. */
  public boolean isOwner() {
    return role == ServerRole.OWNER;
  }

  /** What is announced; empty for nothing, or for what was dismissed. */
  public String announcement() {
    return announced.time() == dismissed ? "" : announced.text();
  }

  /** What is announced, dismissed or not. */
  public String current() {
    return announced.text();
  }

  /** The user has read what is announced. */
  public void dismiss() {
    dismissed = announced.time();
  }
}
