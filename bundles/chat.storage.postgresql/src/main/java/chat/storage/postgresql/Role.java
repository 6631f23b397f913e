// SPDX-License-Identifier: Apache-2.0
package chat.storage.postgresql;

/** What a store object was made; the data says whether it still is. */
sealed interface Role {

  /** It was only opened. */
  record Onlooker() implements Role {}

  /** It was activated in this generation. */
  record Writer(long generation) implements Role {}

  /** It receives a copy. */
  record Receiver() implements Role {}

  /** The generation in which it was activated; 0 if it was not. */
  default long generation() {
    return this instanceof Writer(long generation) ? generation : 0;
  }
}
