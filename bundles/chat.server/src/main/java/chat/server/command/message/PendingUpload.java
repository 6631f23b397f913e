// SPDX-License-Identifier: Apache-2.0
package chat.server.command.message;

import chat.protocol.Content;
import chat.server.base.BinaryCodec;
import chat.server.room.EntryCodec;
import chat.server.store.SealedBlob;
import java.io.IOException;
import java.util.UUID;

/**
 * A file that somebody wants to send, kept in a cell until it is there.
 *
 * @param made UTC milliseconds
 */
record PendingUpload(UUID id, long room, long made, EntryCodec.StoredFile file) {

  public Content.File shown() {
    return file.shown();
  }

  public SealedBlob blob() {
    return new SealedBlob(file.blob(), file.key(), file.shown().size());
  }

  public byte[] bytes() {
    byte[] body = EntryCodec.file(file);
    return BinaryCodec.bytes(out -> {
      out.writeLong(id.getMostSignificantBits());
      out.writeLong(id.getLeastSignificantBits());
      out.writeLong(room);
      out.writeLong(made);
      out.write(body);
    });
  }

  public static PendingUpload of(byte[] bytes) throws IOException {
    return BinaryCodec.read(
        bytes,
        in -> {
          UUID id = new UUID(in.readLong(), in.readLong());
          long room = in.readLong();
          long made = in.readLong();
          return new PendingUpload(id, room, made, EntryCodec.file(in.readAllBytes()));
        });
  }
}
