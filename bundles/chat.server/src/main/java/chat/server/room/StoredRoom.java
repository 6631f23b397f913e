// SPDX-License-Identifier: Apache-2.0
package chat.server.room;

import chat.protocol.RoomKind;
import chat.protocol.RoomSettings;
import chat.server.base.AddedComponents;
import chat.server.base.BinaryCodec;
import java.io.DataInputStream;
import java.io.IOException;

/**
 * What is stored of a room.
 *
 * @param picture 0 for none, else a number that changes with each new picture
 * @param one the lower account of a direct room, else 0
 * @param other the higher one
 */
public record StoredRoom(RoomKind kind, RoomSettings settings, long picture, long one, long other) {
  private static final int OLD = 1;
  private static final int FORM = 2;

  /** So many settings have a place of their own in the form. */
  private static final int FIXED = 4;

  public static StoredRoom of(RoomKind kind, RoomSettings settings) {
    return new StoredRoom(kind, settings, 0, 0, 0);
  }

  public static StoredRoom direct(long one, long other) {
    RoomSettings settings = RoomSettings.of("", "");
    return new StoredRoom(RoomKind.DIRECT, settings, 0, Math.min(one, other), Math.max(one, other));
  }

  public StoredRoom withSettings(RoomSettings settings) {
    return new StoredRoom(kind, settings, picture, one, other);
  }

  public StoredRoom withPicture(long picture) {
    return new StoredRoom(kind, settings, picture, one, other);
  }

  /** The other one in a direct room; 0 in any other. */
  long peerOf(long account) {
    return account == one ? other : one;
  }

  public byte[] bytes() {
    return BinaryCodec.bytes(out -> {
      out.writeByte(FORM);
      out.writeByte(kind.ordinal());
      out.writeUTF(settings.name());
      out.writeUTF(settings.topic());
      out.writeBoolean(settings.readOnly());
      out.writeBoolean(settings.archived());
      out.writeLong(picture);
      out.writeLong(one);
      out.writeLong(other);
      AddedComponents.write(out, settings, FIXED);
    });
  }

  static StoredRoom of(byte[] bytes) throws IOException {
    return BinaryCodec.read(
        bytes,
        in ->
            switch (in.readByte()) {
              case OLD -> of(RoomKind.PUBLIC, RoomSettings.of(in.readUTF(), in.readUTF()));
              case FORM -> read(in);
              default -> throw new IOException("a room of an unknown form");
            });
  }

  private static StoredRoom read(DataInputStream in) throws IOException {
    RoomKind kind = BinaryCodec.choice(RoomKind.values(), in.readByte());
    String name = in.readUTF();
    String topic = in.readUTF();
    boolean readOnly = in.readBoolean();
    boolean archived = in.readBoolean();
    long picture = in.readLong();
    long one = in.readLong();
    long other = in.readLong();
    RoomSettings settings =
        AddedComponents.read(in, RoomSettings.class, name, topic, readOnly, archived);
    return new StoredRoom(kind, settings, picture, one, other);
  }
}
