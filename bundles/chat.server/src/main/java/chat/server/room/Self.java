// SPDX-License-Identifier: Apache-2.0
package chat.server.room;

import chat.server.base.Packed;
import java.io.IOException;

/**
 * What somebody says of themselves.
 *
 * @param display empty if the name is enough
 * @param picture 0 for none, else a number that changes with each new one
 * @param showSeen whether others see when this person was here last
 * @param showRead whether others see what this person has read
 */
public record Self(
    String display, String status, String about, boolean showSeen, boolean showRead, long picture) {
  static final Self FRESH = new Self("", "", "", true, true, 0);

  public Self withPicture(long number) {
    return new Self(display, status, about, showSeen, showRead, number);
  }

  public byte[] bytes() {
    return Packed.bytes(out -> {
      out.writeUTF(display);
      out.writeUTF(status);
      out.writeUTF(about);
      out.writeBoolean(showSeen);
      out.writeBoolean(showRead);
      out.writeLong(picture);
    });
  }

  static Self of(byte[] bytes) throws IOException {
    return Packed.read(
        bytes,
        in ->
            new Self(
                in.readUTF(),
                in.readUTF(),
                in.readUTF(),
                in.readBoolean(),
                in.readBoolean(),
                in.readLong()));
  }
}
