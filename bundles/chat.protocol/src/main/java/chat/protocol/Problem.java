// SPDX-License-Identifier: Apache-2.0
package chat.protocol;

/** Why a command was not carried out. The order is part of the wire format: add at the end. */
public enum Problem {
  /** The bytes are not what the format says. */
  MALFORMED,
  /** The server does not know this command. */
  UNSUPPORTED,
  /** No common version. */
  VERSION,
  /** The command comes before Hello, before log-in, or a second time. */
  OUT_OF_PLACE,
  /** Too many commands without a reply, or too many of this kind in a short time. */
  TOO_MANY,
  /** The frame, text or list is larger than the limits say. */
  TOO_LARGE,
  /** The name is no valid account name. */
  NAME_INVALID,
  /** The name is taken, or looks like one that is. */
  NAME_TAKEN,
  /** The password is too short, too long, or holds what it must not. */
  PASSWORD_INVALID,
  /** Nobody may register here. */
  REGISTRATION_CLOSED,
  /** There is no such account. Only said where registration is open. */
  ACCOUNT_UNKNOWN,
  /** The password is wrong. */
  PASSWORD_WRONG,
  /** The token is unknown or was ended. */
  TOKEN_INVALID,
  /** There is no such room, or this account may not know of it. */
  ROOM_UNKNOWN,
  /** This account may not do that. */
  NOT_ALLOWED,
  /** There is nothing to say in an empty text. */
  TEXT_EMPTY,
  /** The text holds characters that no text may hold. */
  TEXT_INVALID,
  /** The file is larger than the server takes. */
  FILE_TOO_LARGE,
  /** The file's name, type, size or hash is not valid. */
  FILE_INVALID,
  /** What arrived does not have the size or the hash that was announced. */
  FILE_MISMATCH,
  /** There is no such file or offer. */
  FILE_UNKNOWN,
  /** The id was used before for something else. */
  ID_TAKEN,
  /** The server has too much to do. */
  BUSY,
  /** The server's store is away. */
  UNAVAILABLE,
  /** A fault of the server; its log says more. */
  INTERNAL,
  /** The invitation is unknown, used up or over. */
  INVITATION_INVALID,
  /** There is no such entry, or it is none that this can be done to. */
  ENTRY_UNKNOWN,
  /** There is no such person. */
  PERSON_UNKNOWN,
  /** As many as there may be are there already. */
  LIMIT_REACHED,
  /** The name can't be a room's. */
  ROOM_NAME_INVALID,
  /** Another public room has this name. */
  ROOM_NAME_TAKEN,
  /** The search is none: nothing to look for, or a date that is none. */
  SEARCH_INVALID
}
