// SPDX-License-Identifier: Apache-2.0
package chat.server.room;

import chat.server.base.AddedComponents;
import chat.server.base.BinaryCodec;
import java.io.IOException;

/**
 * What a room is to one of its members, the same on all devices.
 *
 * @param received the number up to which one of its devices has everything
 * @param read the number up to which everything was read
 * @param silent no notices, except for mentions
 * @param draft what was begun and not yet said
 * @param shown the number up to which others were told that it was read, where that is more than
 *     {@code read}: the member has marked messages as unread since; else 0
 */
public record MemberState(long received, long read, boolean silent, String draft, long shown) {
  /** So many components have a place of their own in the form; further ones stand behind. */
  private static final int FIXED = 4;

  static final MemberState FRESH = new MemberState(0, 0, false, "", 0);

  /** Of somebody who has everything up to a number. */
  public static MemberState at(long number) {
    return new MemberState(number, number, false, "", 0);
  }

  public MemberState withMarks(long received, long read) {
    long most = Math.max(this.read, read);
    return marked(Math.max(Math.max(this.received, received), most), most);
  }

  /** The same where what was read is marked as unread from there on; what is here stays here. */
  public MemberState withUnread(long read) {
    return marked(received, Math.min(this.read, Math.max(0, read)));
  }

  /** How far others are told that it was read: that is never taken back. */
  public long told() {
    return Math.max(read, shown);
  }

  private MemberState marked(long newReceived, long newRead) {
    return new MemberState(newReceived, newRead, silent, draft, told() > newRead ? told() : 0);
  }

  public MemberState withSilent(boolean on) {
    return new MemberState(received, read, on, draft, shown);
  }

  public MemberState withDraft(String text) {
    return new MemberState(received, read, silent, text, shown);
  }

  public byte[] bytes() {
    return BinaryCodec.bytes(out -> {
      out.writeLong(received);
      out.writeLong(read);
      out.writeBoolean(silent);
      out.writeUTF(draft);
      AddedComponents.write(out, this, FIXED);
    });
  }

  static MemberState of(byte[] bytes) throws IOException {
    return BinaryCodec.read(
        bytes,
        in -> {
          long received = in.readLong();
          long read = in.readLong();
          boolean silent = in.readBoolean();
          return AddedComponents.read(in, MemberState.class, received, read, silent, in.readUTF());
        });
  }
}
