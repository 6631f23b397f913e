package chat.server;

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
 *   room        id                   sealed: name, topic
 *   member      room/account         clear: number of the entry that made it one
 *   upload      account/id           sealed: the offer
 *   key         number               wrapped data key, seals reserved
 *   probe       probe                nothing
 * </pre>
 */
final class Cells {
  static final String ACCOUNT = "account";
  static final String SESSION = "session";
  static final String INVITATION = "invitation";
  static final String ROOM = "room";
  static final String MEMBER = "member";
  static final String UPLOAD = "upload";
  static final String KEY = "key";

  static final CellKey PROBE = new CellKey("probe", "probe");

  private Cells() {}

  static CellKey account(long id) {
    return new CellKey(ACCOUNT, hex(id));
  }

  static CellKey name(String folded) {
    return new CellKey("name", folded);
  }

  static CellKey skeleton(String skeleton) {
    return new CellKey("skeleton", skeleton);
  }

  static CellKey session(byte[] hash) {
    return new CellKey(SESSION, HexFormat.of().formatHex(hash));
  }

  static CellKey invitation(byte[] hash) {
    return new CellKey(INVITATION, HexFormat.of().formatHex(hash));
  }

  static CellKey room(long id) {
    return new CellKey(ROOM, hex(id));
  }

  static CellKey member(long room, long account) {
    return new CellKey(MEMBER, hex(room) + "/" + hex(account));
  }

  static CellKey upload(long account, UUID id) {
    return new CellKey(UPLOAD, hex(account) + "/" + id);
  }

  static CellKey key(int number) {
    return new CellKey(KEY, hex(number));
  }

  static String hex(long id) {
    return HexFormat.of().toHexDigits(id);
  }

  static long id(String hex) {
    return HexFormat.fromHexDigitsToLong(hex);
  }

  static byte[] bytes(long value) {
    return ByteBuffer.allocate(Long.BYTES).putLong(value).array();
  }

  static long number(byte[] value) {
    return ByteBuffer.wrap(value).getLong();
  }
}
