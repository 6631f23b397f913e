// SPDX-License-Identifier: Apache-2.0
package chat.server.room;

import chat.protocol.InvitationPolicy;
import chat.server.base.AddedComponents;
import chat.server.base.BinaryCodec;
import java.io.IOException;

/**
 * What somebody says of themselves.
 *
 * @param display empty if the name is enough
 * @param picture 0 for none, else a number that changes with each new one
 * @param showSeen whether others see when this person was here last
 * @param showRead whether others see what this person has read
 * @param invitations whose invitations to rooms this person takes
 */
public record ProfileData(
    String display,
    String status,
    String about,
    boolean showSeen,
    boolean showRead,
    long picture,
    InvitationPolicy invitations) {
  /** So many components have a place of their own in the form; further ones stand behind. */
  private static final int FIXED = 6;

  static final ProfileData FRESH =
      new ProfileData("", "", "", true, true, 0, InvitationPolicy.EVERYBODY);

  public ProfileData withPicture(long number) {
    return new ProfileData(display, status, about, showSeen, showRead, number, invitations);
  }

  public ProfileData withInvitations(InvitationPolicy policy) {
    return new ProfileData(display, status, about, showSeen, showRead, picture, policy);
  }

  public byte[] bytes() {
    return BinaryCodec.bytes(out -> {
      out.writeUTF(display);
      out.writeUTF(status);
      out.writeUTF(about);
      out.writeBoolean(showSeen);
      out.writeBoolean(showRead);
      out.writeLong(picture);
      AddedComponents.write(out, this, FIXED);
    });
  }

  static ProfileData of(byte[] bytes) throws IOException {
    return BinaryCodec.read(
        bytes,
        in -> {
          String display = in.readUTF();
          String status = in.readUTF();
          String about = in.readUTF();
          boolean showSeen = in.readBoolean();
          boolean showRead = in.readBoolean();
          return AddedComponents.read(
              in, ProfileData.class, display, status, about, showSeen, showRead, in.readLong());
        });
  }
}
