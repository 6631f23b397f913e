// SPDX-License-Identifier: Apache-2.0
package chat.server.base;

import java.io.IOException;

/**
 * What is told to everybody.
 *
 * @param time since when, in UTC milliseconds
 */
public record Announcement(String text, long time) {
  private static final int FORM = 1;

  /** Nothing is announced, or not any more. */
  public static final Announcement NONE = new Announcement("", 0);

  public byte[] bytes() {
    return BinaryCodec.bytes(out -> {
      out.writeByte(FORM);
      out.writeLong(time);
      out.writeUTF(text);
    });
  }

  public static Announcement of(byte[] bytes) throws IOException {
    return BinaryCodec.read(
        bytes,
        in -> {
          if (in.readByte() != FORM) {
            throw new IOException("an announcement of an unknown form");
          }
          long time = in.readLong();
          return new Announcement(in.readUTF(), time);
        });
  }
}
