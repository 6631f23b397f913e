// SPDX-License-Identifier: Apache-2.0
package chat.server.room;

import chat.protocol.ServerRole;

/** What an account may do on this server. The order is part of what is stored: add at the end. */
public enum Role {
  MEMBER(ServerRole.MEMBER),
  ADMIN(ServerRole.MODERATOR),
  OWNER(ServerRole.OWNER);

  private final ServerRole shown;

  Role(ServerRole shown) {
    this.shown = shown;
  }

  /** What clients are told. */
  public ServerRole shown() {
    return shown;
  }
}
