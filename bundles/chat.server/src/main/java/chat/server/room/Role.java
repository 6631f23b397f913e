// SPDX-License-Identifier: Apache-2.0
package chat.server.room;

/** What an account may do on this server. The order is part of what is stored: add at the end. */
public enum Role {
  MEMBER,
  ADMIN,
  OWNER
}
