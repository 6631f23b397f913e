// SPDX-License-Identifier: Apache-2.0
package chat.server.room;

import chat.server.base.Packed;
import java.io.IOException;

/**
 * What a room is to one of its members, the same on all devices.
 *
 * @param received the number up to which one of its devices has everything
 * @param read the number up to which everything was read
 * @param silent no notices, except for mentions
 * @param draft what was begun and not yet said
 */
public record Seat(long received, long read, boolean silent, String draft) {
  static final Seat FRESH = new Seat(0, 0, false, "");

  /** Of somebody who has everything up to a number. */
  public static Seat at(long number) {
    return new Seat(number, number, false, "");
  }

  public Seat withMarks(long received, long read) {
    long most = Math.max(this.read, read);
    return new Seat(Math.max(Math.max(this.received, received), most), most, silent, draft);
  }

  public Seat withSilent(boolean on) {
    return new Seat(received, read, on, draft);
  }

  public Seat withDraft(String text) {
    return new Seat(received, read, silent, text);
  }

  public byte[] bytes() {
    return Packed.bytes(out -> {
      out.writeLong(received);
      out.writeLong(read);
      out.writeBoolean(silent);
      out.writeUTF(draft);
    });
  }

  static Seat of(byte[] bytes) throws IOException {
    return Packed.read(
        bytes, in -> new Seat(in.readLong(), in.readLong(), in.readBoolean(), in.readUTF()));
  }
}
