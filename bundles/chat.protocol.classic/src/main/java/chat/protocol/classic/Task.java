// SPDX-License-Identifier: Apache-2.0
package chat.protocol.classic;

/**
 * What a request does: one command, and what follows from its answer. The names are what is
 * remembered of a request in work; {@link TaskHandlers} says what each of them does.
 */
enum Task {
  HELLO,
  LOG_IN,
  /** Somebody is logged in, though the client does not know. */
  LOG_OUT_FIRST,
  ENTER,
  REGISTER,
  /** The name is taken, perhaps by this very request before an exchange. */
  PROVE,
  /** A registration does not log in. */
  LEAVE,

  POST,
  FIND_RECEIVER,
  MEET,
  POST_PRIVATELY,

  HISTORY,
  FILES,
  FIND_PARTNER,
  PRIVATE_HISTORY,

  SEEK_FILE,
  FETCH,

  FIND_FRIEND,
  APPROACH,

  OFFER,
  CHUNK,
  WITHDRAW
}
