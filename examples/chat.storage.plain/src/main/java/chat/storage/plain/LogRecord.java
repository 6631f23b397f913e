// SPDX-License-Identifier: Apache-2.0
package chat.storage.plain;

import chat.storage.Cell;
import chat.storage.CellKey;
import chat.storage.Digest;
import chat.storage.Envelope;
import chat.storage.StoreState;
import chat.storage.StoreState.Active;
import chat.storage.StoreState.Copying;
import chat.storage.StoreState.Retired;
import chat.storage.StoreState.Successor;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One thing that happened to the store. */
sealed interface LogRecord {

  /** The store is this one now. */
  record Identity(StoreState state) implements LogRecord {}

  /** An entry; one that was erased later has no body and no tokens any more. */
  record Append(Envelope envelope, byte @Nullable [] body, List<Long> tokens)
      implements LogRecord {}

  /** A cell was written. */
  record Put(Cell cell) implements LogRecord {}

  /** A cell was removed. */
  record Remove(CellKey key) implements LogRecord {}

  /** A blob was committed. */
  record Keep(UUID blob, long length) implements LogRecord {}

  /** A committed blob was dropped. */
  record Drop(UUID blob) implements LogRecord {}

  /** The batch is complete; these streams have grown in it. */
  record End(List<StreamEnd> streams) implements LogRecord {

    boolean knows(Envelope envelope) {
      return streams.stream()
          .anyMatch(s -> s.stream() == envelope.stream() && s.head() >= envelope.number());
    }
  }

  /** What a stream ends with, so that a damaged entry does not hide how many there are. */
  record StreamEnd(long stream, long head, long time, Digest digest) {}

  /** The record as bytes, the first of which says what it is. */
  default byte[] bytes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      write(new DataOutputStream(bytes));
    } catch (IOException e) {
      throw new AssertionError("memory takes everything", e);
    }
    return bytes.toByteArray();
  }

  private void write(DataOutputStream out) throws IOException {
    switch (this) {
      case Identity(StoreState state) -> {
        out.writeByte('i');
        write(out, state.id());
        out.writeLong(state.generation());
        switch (state.mode()) {
          case Active() -> out.writeByte('a');
          case Retired(Successor(UUID id, long generation)) -> {
            out.writeByte('r');
            write(out, id);
            out.writeLong(generation);
          }
          case Copying(UUID source) -> {
            out.writeByte('c');
            write(out, source);
          }
        }
      }
      case Append(Envelope envelope, byte[] body, List<Long> tokens) -> {
        out.writeByte('e');
        write(out, envelope);
        out.writeBoolean(body != null);
        out.writeShort(tokens.size());
        for (long token : tokens) {
          out.writeLong(token);
        }
        out.write(body == null ? new byte[0] : body);
      }
      case Put(Cell cell) -> {
        out.writeByte('p');
        write(out, cell.key());
        out.writeLong(cell.version());
        out.writeInt(checksum(cell));
        out.write(cell.value());
      }
      case Remove(CellKey key) -> {
        out.writeByte('d');
        write(out, key);
      }
      case Keep(UUID blob, long length) -> {
        out.writeByte('b');
        write(out, blob);
        out.writeLong(length);
      }
      case Drop(UUID blob) -> {
        out.writeByte('x');
        write(out, blob);
      }
      case End(List<StreamEnd> streams) -> {
        out.writeByte('.');
        for (StreamEnd end : streams) {
          out.writeLong(end.stream());
          out.writeLong(end.head());
          out.writeLong(end.time());
          out.writeLong(end.digest().high());
          out.writeLong(end.digest().low());
        }
      }
    }
  }

  /**
   * The record that these bytes are.
   *
   * @throws IOException if they are none
   */
  static LogRecord of(byte[] bytes) throws IOException {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
    byte kind = in.readByte();
    return switch (kind) {
      case 'i' -> new Identity(readState(in));
      case 'e' -> {
        Envelope envelope = readEnvelope(in);
        boolean whole = in.readBoolean();
        List<Long> tokens = new ArrayList<>();
        for (int left = in.readUnsignedShort(); left > 0; left--) {
          tokens.add(in.readLong());
        }
        yield new Append(envelope, whole ? in.readAllBytes() : null, tokens);
      }
      case 'p' -> {
        CellKey key = readKey(in);
        long version = in.readLong();
        int checksum = in.readInt();
        Cell cell = new Cell(key, version, in.readAllBytes());
        if (checksum != checksum(cell)) {
          throw new IOException("nobody knows of which cell this is the value");
        }
        yield new Put(cell);
      }
      case 'd' -> new Remove(readKey(in));
      case 'b' -> new Keep(readId(in), in.readLong());
      case 'x' -> new Drop(readId(in));
      case '.' -> {
        List<StreamEnd> streams = new ArrayList<>();
        while (in.available() > 0) {
          streams.add(
              new StreamEnd(
                  in.readLong(),
                  in.readLong(),
                  in.readLong(),
                  new Digest(in.readLong(), in.readLong())));
        }
        yield new End(streams);
      }
      default -> throw new IOException("there is no kind of record " + kind);
    };
  }

  private static StoreState readState(DataInputStream in) throws IOException {
    UUID id = readId(in);
    long generation = in.readLong();
    byte mode = in.readByte();
    return new StoreState(
        id,
        generation,
        switch (mode) {
          case 'a' -> new Active();
          case 'r' -> new Retired(new Successor(readId(in), in.readLong()));
          case 'c' -> new Copying(readId(in));
          default -> throw new IOException("there is no mode " + mode);
        });
  }

  private static void write(DataOutputStream out, Envelope envelope) throws IOException {
    out.writeLong(envelope.stream());
    out.writeLong(envelope.number());
    write(out, envelope.id());
    out.writeInt(envelope.kind());
    out.writeLong(envelope.author());
    out.writeLong(envelope.time());
    out.writeInt(envelope.length());
    out.writeLong(envelope.hash());
    out.writeLong(envelope.about());
  }

  private static Envelope readEnvelope(DataInputStream in) throws IOException {
    return new Envelope(
        in.readLong(),
        in.readLong(),
        readId(in),
        in.readInt(),
        in.readLong(),
        in.readLong(),
        in.readInt(),
        in.readLong(),
        in.readLong());
  }

  /** Of all but the value: where that is damaged it is still known which cell it was. */
  private static int checksum(Cell cell) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      DataOutputStream out = new DataOutputStream(bytes);
      write(out, cell.key());
      out.writeLong(cell.version());
    } catch (IOException e) {
      throw new AssertionError("memory takes everything", e);
    }
    return Envelope.checksum(bytes.toByteArray());
  }

  private static void write(DataOutputStream out, UUID id) throws IOException {
    out.writeLong(id.getMostSignificantBits());
    out.writeLong(id.getLeastSignificantBits());
  }

  private static UUID readId(DataInputStream in) throws IOException {
    return new UUID(in.readLong(), in.readLong());
  }

  private static void write(DataOutputStream out, CellKey key) throws IOException {
    out.writeInt(key.space().length());
    out.writeInt(key.key().length());
    out.writeChars(key.space());
    out.writeChars(key.key());
  }

  private static CellKey readKey(DataInputStream in) throws IOException {
    int space = in.readInt();
    int key = in.readInt();
    return new CellKey(readChars(in, space), readChars(in, key));
  }

  /** An encoder of texts would not keep half a surrogate pair, which is a key like any other. */
  private static String readChars(DataInputStream in, int length) throws IOException {
    StringBuilder chars = new StringBuilder();
    for (int i = 0; i < length; i++) {
      chars.append(in.readChar());
    }
    return chars.toString();
  }
}
