// SPDX-License-Identifier: Apache-2.0
package chat.server.base;

import chat.storage.CellKey;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The kinds of cells: what they hold, how they are protected, whether they are in memory, and what
 * ends them. {@link Cells} makes their keys.
 *
 * <p>A sealed cell can neither be read nor made without the master key, nor moved under another key
 * (see {@link Seals}). Sealed are all cells but those that hold nothing and decide nothing.
 */
public enum CellKind {
  /** Key: id. Name, role, password hash. */
  ACCOUNT("account", Before.CLEAR, Load.MEMORY, End.ACCOUNT),
  /** Key: account. The highest id that an account ever had: nobody gets it again. */
  HIGHEST("highest", Before.SEALED, Load.MEMORY, End.NEVER),
  /** Key: folded name. Account id; keeps names unique. */
  NAME("name", Before.CLEAR, Load.NEVER, End.ACCOUNT),
  /** Key: hash of a skeleton of a name or display name. Account id; keeps them apart. */
  SKELETON("skeleton", Before.CLEAR, Load.NEVER, End.ACCOUNT),
  /** Key: hash of the token. Account id, time, device, last use. */
  SESSION("session", Before.SEALED, Load.ON_DEMAND, End.USE),
  /** Key: account/hash of the token. Nothing: by this the sessions of an account are found. */
  DEVICE("device", Before.SEALED, Load.ON_DEMAND, End.USE),
  /** Key: hash of the code. Role it gives, uses left, end. */
  INVITATION("invitation", Before.CLEAR, Load.ON_DEMAND, End.USE),
  /** Key: hash of the code. Account whose password may be set by it, end. */
  RESET("reset", Before.SEALED, Load.ON_DEMAND, End.USE),
  /** Key: account. What a log-in is checked against besides the password. */
  SECOND_FACTOR("second-factor", Before.SEALED, Load.ON_DEMAND, End.ACCOUNT),
  /** What is announced to everybody. */
  ANNOUNCEMENT("announcement", Before.SEALED, Load.MEMORY, End.USE),
  /** Key: account. What it says of itself. */
  PROFILE("profile", Before.SEALED, Load.MEMORY, End.ACCOUNT),
  /** Key: account/other. How the account stands to the other. */
  CONTACT("contact", Before.SEALED, Load.MEMORY, End.ACCOUNT),
  /** Key: account. When it was here last. */
  SEEN("seen", Before.CLEAR, Load.MEMORY, End.ACCOUNT),
  /** Key: account or room. A picture. */
  PICTURE("picture", Before.SEALED, Load.ON_DEMAND, End.ACCOUNT),
  /** Key: id. Kind, settings, and whose room it is. */
  ROOM("room", Before.SEALED, Load.MEMORY, End.NEVER),
  /** Key: folded name, or skeleton of one. The public room of this name. */
  TITLE("title", Before.CLEAR, Load.NEVER, End.USE),
  /** Key: lower/higher account. The room of the two. */
  DIRECT("direct", Before.CLEAR, Load.NEVER, End.NEVER),
  /** Key: room/account. Rank, muted until, since. */
  MEMBER("member", Before.CLEAR, Load.MEMORY, End.ACCOUNT),
  /** Key: room/account. Banned until. */
  BAN("ban", Before.CLEAR, Load.MEMORY, End.USE),
  /** Key: room/account. Who asked the account to come in, and when. */
  ROOM_INVITATION("invited", Before.SEALED, Load.MEMORY, End.ACCOUNT),
  /** Key: room/account. What the room is to its member: read, silent, draft. */
  SEAT("seat", Before.SEALED, Load.MEMORY, End.ACCOUNT),
  /** Key: room/number. Nothing: the message is pinned. */
  PIN("pin", Before.CLEAR, Load.ON_DEMAND, End.USE),
  /** Key: hash of a name. The account of who had that name elsewhere. */
  TAKEN("taken", Before.CLEAR, Load.ON_DEMAND, End.NEVER),
  /** Key: account. Nothing: what it said is being erased. */
  FAREWELL("farewell", Before.CLEAR, Load.ON_DEMAND, End.USE),
  /** Key: account/id. The offer of a file that is not there yet. */
  UPLOAD("upload", Before.SEALED, Load.ON_DEMAND, End.USE),
  /** Key: blob. How many entries beyond the first show it. */
  SHARED_BLOB("shared", Before.SEALED, Load.ON_DEMAND, End.USE),
  /** Key: room/number. Nothing: its version counts how often the message was changed. */
  REVISION("revision", Before.PLAIN, Load.ON_DEMAND, End.NEVER),
  /** Key: room, or room/block. Stamps of its entries, by which a change of one is found. */
  STAMP("stamp", Before.SEALED, Load.ON_DEMAND, End.NEVER),
  /** Key: ring. The data keys, under the master key. */
  RING("ring", Before.PLAIN, Load.MEMORY, End.NEVER),
  /** Key: number. A data key as it was kept before there was a ring. */
  KEY("key", Before.PLAIN, Load.MEMORY, End.USE),
  /** Nothing: by this it is tried whether the store takes anything. */
  PROBE("probe", Before.PLAIN, Load.NEVER, End.NEVER);

  /** What protected a cell before all that matters was sealed. */
  enum Before {
    /** It was sealed, in an earlier form. */
    SEALED,
    /** Nothing did. */
    CLEAR,
    /** Nothing did, and nothing does. */
    PLAIN
  }

  /** When a cell is read. */
  public enum Load {
    /** When the server begins; what is in memory carries its version. */
    MEMORY,
    /** When it is asked for. */
    ON_DEMAND,
    /** Never: conditions rely on its being there. */
    NEVER
  }

  /** What removes a cell. */
  public enum End {
    /** The deletion of the account, at the latest. */
    ACCOUNT,
    /** Its being used up, withdrawn or over. */
    USE,
    NEVER
  }

  private static final Map<String, CellKind> BY_SPACE =
      Arrays.stream(values()).collect(Collectors.toMap(CellKind::space, Function.identity()));

  private final String space;
  private final Before before;
  private final Load load;
  private final End end;

  CellKind(String space, Before before, Load load, End end) {
    this.space = space;
    this.before = before;
    this.load = load;
    this.end = end;
  }

  /** The kind of the cell with this key; empty if no build of before this one knew it. */
  public static Optional<CellKind> of(CellKey key) {
    return Optional.ofNullable(BY_SPACE.get(key.space()));
  }

  public String space() {
    return space;
  }

  public Load load() {
    return load;
  }

  public End end() {
    return end;
  }

  public boolean isSealed() {
    return before != Before.PLAIN;
  }

  /** Whether it was sealed before everything was. */
  boolean wasSealed() {
    return before == Before.SEALED;
  }

  /** The key of a cell of this kind. */
  CellKey key(String key) {
    return new CellKey(space, key);
  }
}
