// SPDX-License-Identifier: Apache-2.0
package chat.server.base;

import chat.storage.CellKey;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;

/** The keys of cells; {@link CellKind} says what is in them. */
public final class Cells {
  public static final CellKey PROBE = CellKind.PROBE.key("probe");

  public static final CellKey HIGHEST_ACCOUNT = CellKind.HIGHEST.key("account");

  public static final CellKey ANNOUNCEMENT = CellKind.ANNOUNCEMENT.key("server");

  static final CellKey RING = CellKind.RING.key("ring");

  private Cells() {}

  public static CellKey account(long id) {
    return CellKind.ACCOUNT.key(hex(id));
  }

  public static CellKey name(String folded) {
    return CellKind.NAME.key(folded);
  }

  /** The cell in which earlier builds kept what a name looks like; now it is {@link Seals}'s. */
  public static CellKey earlierSkeleton(String skeleton) {
    return CellKind.SKELETON.key(skeleton);
  }

  public static CellKey session(byte[] hash) {
    return CellKind.SESSION.key(HexFormat.of().formatHex(hash));
  }

  /** By this the sessions of an account are found; that is behind {@link #devicesOf}. */
  public static CellKey device(long account, byte[] hash) {
    return CellKind.DEVICE.key(devicesOf(account) + HexFormat.of().formatHex(hash));
  }

  /** Where the keys of an account's devices begin. */
  public static String devicesOf(long account) {
    return hex(account) + "/";
  }

  /** The hash of the token that a device has. */
  public static byte[] tokenHash(CellKey device) {
    return HexFormat.of().parseHex(device.key().substring(device.key().indexOf('/') + 1));
  }

  public static CellKey invitation(byte[] hash) {
    return CellKind.INVITATION.key(HexFormat.of().formatHex(hash));
  }

  public static CellKey reset(byte[] hash) {
    return CellKind.RESET.key(HexFormat.of().formatHex(hash));
  }

  public static CellKey secondFactor(long account) {
    return CellKind.SECOND_FACTOR.key(hex(account));
  }

  public static CellKey room(long id) {
    return CellKind.ROOM.key(hex(id));
  }

  public static CellKey member(long room, long account) {
    return pair(CellKind.MEMBER, room, account);
  }

  public static CellKey profile(long account) {
    return CellKind.PROFILE.key(hex(account));
  }

  public static CellKey contact(long account, long other) {
    return pair(CellKind.CONTACT, account, other);
  }

  public static CellKey seen(long account) {
    return CellKind.SEEN.key(hex(account));
  }

  public static CellKey pictureOf(long account) {
    return CellKind.PICTURE.key("account/" + hex(account));
  }

  public static CellKey pictureOfRoom(long room) {
    return CellKind.PICTURE.key("room/" + hex(room));
  }

  public static CellKey farewell(long account) {
    return CellKind.FAREWELL.key(hex(account));
  }

  public static CellKey taken(byte[] hash) {
    return CellKind.TAKEN.key(HexFormat.of().formatHex(hash));
  }

  public static CellKey title(String folded) {
    return CellKind.TITLE.key(folded);
  }

  public static CellKey direct(long one, long other) {
    return pair(CellKind.DIRECT, Math.min(one, other), Math.max(one, other));
  }

  public static CellKey ban(long room, long account) {
    return pair(CellKind.BAN, room, account);
  }

  public static CellKey roomInvitation(long room, long account) {
    return pair(CellKind.ROOM_INVITATION, room, account);
  }

  public static CellKey seat(long room, long account) {
    return pair(CellKind.SEAT, room, account);
  }

  public static CellKey pin(long room, long number) {
    return pair(CellKind.PIN, room, number);
  }

  public static CellKey revision(long room, long number) {
    return pair(CellKind.REVISION, room, number);
  }

  /** How far the entries of a room are stamped, and the stamps that fill no block yet. */
  public static CellKey stamps(long room) {
    return CellKind.STAMP.key(hex(room));
  }

  public static CellKey stamps(long room, long block) {
    return pair(CellKind.STAMP, room, block);
  }

  private static CellKey pair(CellKind kind, long first, long second) {
    return kind.key(hex(first) + "/" + hex(second));
  }

  /** The first of the two ids of a key. */
  public static long first(CellKey pair) {
    return id(pair.key().substring(0, pair.key().indexOf('/')));
  }

  /** The second of the two ids of a key. */
  public static long second(CellKey pair) {
    return id(pair.key().substring(pair.key().indexOf('/') + 1));
  }

  public static CellKey sharedBlob(UUID blob) {
    return CellKind.SHARED_BLOB.key(blob.toString());
  }

  public static CellKey upload(long account, UUID id) {
    return CellKind.UPLOAD.key(hex(account) + "/" + id);
  }

  /** The cells of an account that are its own and go with it, whatever room or person it knew. */
  public static List<CellKey> ownOf(long account) {
    return List.of(
        account(account),
        profile(account),
        secondFactor(account),
        pictureOf(account),
        seen(account));
  }

  static CellKey key(int number) {
    return CellKind.KEY.key(hex(number));
  }

  public static String hex(long id) {
    return HexFormat.of().toHexDigits(id);
  }

  public static long id(String hex) {
    return HexFormat.fromHexDigitsToLong(hex);
  }

  public static byte[] bytes(long value) {
    return ByteBuffer.allocate(Long.BYTES).putLong(value).array();
  }

  public static long number(byte[] value) {
    return ByteBuffer.wrap(value).getLong();
  }
}
