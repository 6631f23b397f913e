// SPDX-License-Identifier: Apache-2.0
package chat.protocol;

/** Why a command was not carried out. The order is part of the wire format: add at the end. */
public enum Problem {
  /** The bytes are not what the format says. */
  MALFORMED(Field.PROTOCOL),
  /** The server does not know this command. */
  UNSUPPORTED(Field.PROTOCOL),
  /** No common version. */
  VERSION(Field.PROTOCOL),
  /** The command comes before Hello, before log-in, or a second time. */
  OUT_OF_PLACE,
  /** Too many commands without a reply, or too many of this kind in a short time. */
  TOO_MANY(true),
  /** The frame, text or list is larger than the limits say. */
  TOO_LARGE,
  /** The name is no valid account name. */
  NAME_INVALID(Field.NAME),
  /** The name is taken, or looks like one that is. */
  NAME_TAKEN(Field.NAME),
  /** The password is too short, too long, or holds what it must not. */
  PASSWORD_INVALID(Field.PASSWORD),
  /** Nobody may register here. */
  REGISTRATION_CLOSED(Field.INVITATION),
  /** There is no such account. Only said where registration is open. */
  ACCOUNT_UNKNOWN(Field.NAME),
  /** The password is wrong. */
  PASSWORD_WRONG(Field.PASSWORD),
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
  BUSY(true),
  /** The server's store is away. */
  UNAVAILABLE(true),
  /** A fault of the server; its log says more. */
  INTERNAL,
  /** The invitation is unknown, used up or over. */
  INVITATION_INVALID(Field.INVITATION),
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
  SEARCH_INVALID,
  /** The password is right, and a code of the second factor is needed too. */
  CODE_REQUIRED(Field.CODE),
  /** The code of the second factor is wrong, or was used. */
  CODE_WRONG(Field.CODE),
  /**
   * The server does not take this text; the detail says why, in its operator's words. Only said to
   * clients with the capability {@code text-refused}; others hear NOT_ALLOWED.
   */
  TEXT_REFUSED;

  /** What of a log-in or registration a problem is about. */
  public enum Field {
    NONE,
    NAME,
    PASSWORD,
    INVITATION,
    /** The code of the second factor. */
    CODE,
    /** The program at one of the two ends: it speaks another version. */
    PROTOCOL
  }

  private final boolean isTransient;
  private final Field field;

  Problem() {
    this(false, Field.NONE);
  }

  Problem(Field field) {
    this(false, field);
  }

  Problem(boolean isTransient) {
    this(isTransient, Field.NONE);
  }

  Problem(boolean isTransient, Field field) {
    this.isTransient = isTransient;
    this.field = field;
  }

  /** Whether time heals it: the same command, sent again later, may be carried out. */
  public boolean isTransient() {
    return isTransient;
  }

  /** What the user would have to enter differently, if it is about that. */
  public Field field() {
    return field;
  }
}
