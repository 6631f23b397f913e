// SPDX-License-Identifier: Apache-2.0
package chat.server.room;

import chat.server.base.BinaryCodec;
import java.io.IOException;

/**
 * What somebody says of themselves.
 *
 * @param display empty if the name is enough
 * @param picture 0 for none, else a number that changes with each new one
 * @param showSeen whether others see when this person was here last
 * @param showRead whether others see what this person has read
 */
public record ProfileData(
    String display, String status, String about, boolean showSeen, boolean showRead, long picture) {
  static final ProfileData FRESH = new ProfileData("", "", "", true, true, 0);

  public ProfileData withPicture(long number) {
    return new ProfileData(display, status, about, showSeen, showRead, number);
  }

  public byte[] bytes() {
    return BinaryCodec.bytes(out -> {
      out.writeUTF(display);
      out.writeUTF(status);
      out.writeUTF(about);
      out.writeBoolean(showSeen);
      out.writeBoolean(showRead);
      out.writeLong(picture);
    });
  }

  static ProfileData of(byte[] bytes) throws IOException {
    return BinaryCodec.read(
        bytes,
        in ->
            new ProfileData(
                in.readUTF(),
                in.readUTF(),
                in.readUTF(),
                in.readBoolean(),
                in.readBoolean(),
                in.readLong()));
  }
}
