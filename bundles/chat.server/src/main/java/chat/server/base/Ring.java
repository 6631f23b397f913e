// SPDX-License-Identifier: Apache-2.0
package chat.server.base;

import java.io.DataInputStream;
import java.io.IOException;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * What is in the key ring of a store.
 *
 * @param floor the first data key whose cells are accepted; 0: also what was sealed by none
 * @param target the first data key whose cells will be accepted
 * @param reserved seals of the newest data key that may have been made
 * @param stamped whether every entry has a stamp
 */
record Ring(
    int floor,
    int target,
    long reserved,
    boolean stamped,
    Hmac hashing,
    Hmac searching,
    NavigableMap<Integer, Aes> keys) {

  static final long SEALS_OF_A_KEY = 1L << 30;

  /** Seals are reserved so many at a time. */
  static final long BLOCK = 1L << 22;

  private static final int KEY = 32;

  /** The ring of a new store, which has no data key yet. */
  static Ring fresh() {
    return new Ring(
        1,
        1,
        SEALS_OF_A_KEY,
        true,
        Hmac.of(Aes.random(KEY)),
        Hmac.of(Aes.random(KEY)),
        new TreeMap<>());
  }

  int newest() {
    return keys.isEmpty() ? 0 : keys.lastKey();
  }

  /** With a block of seals more, under another data key if the newest can make no more. */
  Ring withBlock() {
    return keys.isEmpty() || reserved + BLOCK > SEALS_OF_A_KEY ? withKey() : withMoreSeals();
  }

  Ring withMoreSeals() {
    return new Ring(floor, target, reserved + BLOCK, stamped, hashing, searching, keys);
  }

  private Ring withKey() {
    NavigableMap<Integer, Aes> more = new TreeMap<>(keys);
    more.put(newest() + 1, Aes.of(Aes.random(KEY)));
    return new Ring(floor, target, BLOCK, stamped, hashing, searching, more);
  }

  /** Every cell is to be sealed anew, under a data key that was never used. */
  Ring renewed() {
    Ring with = withKey();
    return new Ring(floor, with.newest(), BLOCK, stamped, hashing, searching, with.keys);
  }

  /** Every cell has been sealed anew. */
  Ring settled() {
    return new Ring(target, target, reserved, true, hashing, searching, keys);
  }

  byte[] bytes() {
    return BinaryCodec.bytes(out -> {
      out.writeInt(floor);
      out.writeInt(target);
      out.writeLong(reserved);
      out.writeBoolean(stamped);
      out.write(hashing.key().getEncoded());
      out.write(searching.key().getEncoded());
      out.writeInt(keys.size());
      for (Map.Entry<Integer, Aes> key : keys.entrySet()) {
        out.writeInt(key.getKey());
        out.write(key.getValue().key().getEncoded());
      }
    });
  }

  static Ring read(DataInputStream in) throws IOException {
    int floor = in.readInt();
    int target = in.readInt();
    long reserved = in.readLong();
    boolean stamped = in.readBoolean();
    Hmac hashing = Hmac.of(in.readNBytes(KEY));
    Hmac searching = Hmac.of(in.readNBytes(KEY));
    NavigableMap<Integer, Aes> keys = new TreeMap<>();
    for (int n = in.readInt(); n > 0; n--) {
      int number = in.readInt();
      keys.put(number, Aes.of(in.readNBytes(KEY)));
    }
    return new Ring(floor, target, reserved, stamped, hashing, searching, keys);
  }
}
