// SPDX-License-Identifier: Apache-2.0
package chat.server.base;

import chat.storage.CellKey;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.UUID;

/**
 * Where the server keeps what in cells.
 *
 * <pre>
 *   account     id                   clear: name, role, password hash
 *   name        folded name          clear: account id
 *   skeleton    confusable skeleton  clear: account id
 *   session     hash of the token    sealed: account id, device
 *   invitation  hash of the code     clear: role it gives, uses left, end
 *   profile     account              sealed: what it says of itself
 *   contact     account/other        sealed: how the account stands to the other
 *   seen        account              clear: when it was here last
 *   picture     account or room      sealed: a picture
 *   room        id                   sealed: kind, name, topic and the like
 *   title       folded name          clear: the public room of this name
 *   direct      lower/higher account clear: the room of the two
 *   member      room/account         clear: rank, muted until, since
 *   ban         room/account         clear: until
 *   seat        room/account         sealed: what the room is to its member: read, silent, draft
 *   pin         room/number          nothing: the message is pinned
 *   revision    room/number          nothing: its version counts how often the message changed
 *   taken       hash of a name       clear: the account of who had that name elsewhere
 *   farewell    account              nothing: what it said is being erased
 *   upload      account/id           sealed: the offer
 *   shared      blob                 how many entries beyond the first show it
 *   key         number               wrapped data key, seals reserved
 *   probe       probe                nothing
 * </pre>
 */
public final class Cells {
  public static final String ACCOUNT = "account";
  public static final String SESSION = "session";
  public static final String INVITATION = "invitation";
  public static final String ROOM = "room";
  public static final String MEMBER = "member";
  public static final String UPLOAD = "upload";
  public static final String SHARED_BLOB = "shared";
  public static final String PROFILE = "profile";
  public static final String CONTACT = "contact";
  public static final String SEEN = "seen";
  public static final String BAN = "ban";
  public static final String SEAT = "seat";
  public static final String PIN = "pin";
  public static final String FAREWELL = "farewell";
  static final String KEY = "key";

  public static final CellKey PROBE = new CellKey("probe", "probe");

  private Cells() {}

  public static CellKey account(long id) {
    return new CellKey(ACCOUNT, hex(id));
  }

  public static CellKey name(String folded) {
    return new CellKey("name", folded);
  }

  public static CellKey skeleton(String skeleton) {
    return new CellKey("skeleton", skeleton);
  }

  public static CellKey session(byte[] hash) {
    return new CellKey(SESSION, HexFormat.of().formatHex(hash));
  }

  public static CellKey invitation(byte[] hash) {
    return new CellKey(INVITATION, HexFormat.of().formatHex(hash));
  }

  public static CellKey room(long id) {
    return new CellKey(ROOM, hex(id));
  }

  public static CellKey member(long room, long account) {
    return pair(MEMBER, room, account);
  }

  public static CellKey profile(long account) {
    return new CellKey(PROFILE, hex(account));
  }

  public static CellKey contact(long account, long other) {
    return pair(CONTACT, account, other);
  }

  public static CellKey seen(long account) {
    return new CellKey(SEEN, hex(account));
  }

  public static CellKey pictureOf(long account) {
    return new CellKey("picture", "account/" + hex(account));
  }

  public static CellKey pictureOfRoom(long room) {
    return new CellKey("picture", "room/" + hex(room));
  }

  public static CellKey farewell(long account) {
    return new CellKey(FAREWELL, hex(account));
  }

  public static CellKey taken(byte[] hash) {
    return new CellKey("taken", HexFormat.of().formatHex(hash));
  }

  public static CellKey title(String folded) {
    return new CellKey("title", folded);
  }

  public static CellKey direct(long one, long other) {
    return pair("direct", Math.min(one, other), Math.max(one, other));
  }

  public static CellKey ban(long room, long account) {
    return pair(BAN, room, account);
  }

  public static CellKey seat(long room, long account) {
    return pair(SEAT, room, account);
  }

  public static CellKey pin(long room, long number) {
    return pair(PIN, room, number);
  }

  public static CellKey revision(long room, long number) {
    return pair("revision", room, number);
  }

  private static CellKey pair(String space, long first, long second) {
    return new CellKey(space, hex(first) + "/" + hex(second));
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
    return new CellKey(SHARED_BLOB, blob.toString());
  }

  public static CellKey upload(long account, UUID id) {
    return new CellKey(UPLOAD, hex(account) + "/" + id);
  }

  static CellKey key(int number) {
    return new CellKey(KEY, hex(number));
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
