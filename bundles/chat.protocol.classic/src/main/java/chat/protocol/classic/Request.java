// SPDX-License-Identifier: Apache-2.0
package chat.protocol.classic;

/** What the original client says. {@code own} is the name that it believes to have. */
sealed interface Request {

  /** 1. */
  record LogIn(String name, String password) implements Request {}

  /** 2. */
  record Register(String name, String password) implements Request {}

  /** 3, or 6 if it is an emoji; to the room if there is no receiver. */
  record Say(String receiver, boolean emoji, String text) implements Request {}

  /** 4. */
  record Online() implements Request {}

  /** 5. */
  record History(String own) implements Request {}

  /** 7; the bytes follow. */
  record SendFile(String receiver, String name, long size) implements Request {}

  /** 8. */
  record Files() implements Request {}

  /** 9. */
  record Befriend(String own, String friend) implements Request {}

  /** 98. */
  record PrivateHistory(String own, String friend) implements Request {}

  /** 99. */
  record Download(String own, String file) implements Request {}

  /** 0. */
  record Friends(String own) implements Request {}
}
