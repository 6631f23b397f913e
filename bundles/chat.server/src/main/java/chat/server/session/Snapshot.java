// SPDX-License-Identifier: Apache-2.0
package chat.server.session;

import chat.protocol.Availability;
import chat.protocol.NegotiatedProtocol;
import chat.server.base.BinaryCodec;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a session leaves in its connection for the next server: bytes only, so that nothing of this
 * one is held.
 *
 * @param account 0 before log-in
 * @param tokenHash of the session's token; empty before log-in
 * @param sent the last number handed to the connection, per room; empty before entering
 * @param away accounts that the peer believes to be here, and whose time to come back is running
 * @param availability of the device
 */
public record Snapshot(
    NegotiatedProtocol negotiated,
    long account,
    byte[] tokenHash,
    Map<Long, Long> sent,
    List<Long> away,
    Availability availability) {
  /** The connection's attribute that holds it. */
  public static final String ATTRIBUTE = "chat.session";

  /** Without {@code availability}. */
  private static final int FORM_BEFORE = 2;

  private static final int FORM = 3;

  /** The same, with who counts as here now. */
  public Snapshot with(List<Long> others) {
    return new Snapshot(negotiated, account, tokenHash, sent, others, availability);
  }

  public byte[] bytes() {
    return BinaryCodec.bytes(out -> {
      out.writeByte(FORM);
      out.writeInt(negotiated.version());
      out.writeInt(negotiated.capabilities().size());
      for (String capability : negotiated.capabilities()) {
        out.writeUTF(capability);
      }
      out.writeLong(account);
      out.writeInt(tokenHash.length);
      out.write(tokenHash);
      out.writeInt(sent.size());
      for (var room : sent.entrySet()) {
        out.writeLong(room.getKey());
        out.writeLong(room.getValue());
      }
      out.writeInt(away.size());
      for (long each : away) {
        out.writeLong(each);
      }
      out.writeByte(availability.ordinal());
    });
  }

  public static Snapshot of(byte[] bytes) throws IOException {
    return BinaryCodec.read(bytes, Snapshot::of);
  }

  private static Snapshot of(DataInputStream in) throws IOException {
    int form = in.readByte();
    if (form != FORM && form != FORM_BEFORE) {
      throw new IOException("a snapshot of another form");
    }
    int version = in.readInt();
    List<String> capabilities = new ArrayList<>();
    for (int n = in.readInt(); n > 0; n--) {
      capabilities.add(in.readUTF());
    }
    long account = in.readLong();
    byte[] tokenHash = in.readNBytes(in.readInt());
    Map<Long, Long> sent = new LinkedHashMap<>();
    for (int n = in.readInt(); n > 0; n--) {
      sent.put(in.readLong(), in.readLong());
    }
    List<Long> away = new ArrayList<>();
    for (int n = in.readInt(); n > 0; n--) {
      away.add(in.readLong());
    }
    Availability availability =
        form == FORM
            ? BinaryCodec.choice(Availability.values(), in.readByte())
            : Availability.ONLINE;
    return new Snapshot(
        new NegotiatedProtocol(version, capabilities),
        account,
        tokenHash,
        sent,
        away,
        availability);
  }
}
