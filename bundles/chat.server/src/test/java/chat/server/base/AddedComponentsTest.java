// SPDX-License-Identifier: Apache-2.0
package chat.server.base;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import chat.protocol.Rank;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class AddedComponentsTest {
  /** As an earlier build knows it. */
  public record Early(String name, boolean on) {}

  /** As a later one does. */
  public record Late(
      String name, boolean on, int seconds, String note, Rank rank, long until, boolean off) {}

  private static final Late PLAIN = new Late("a", true, 0, "", Rank.MEMBER, 0, false);
  private static final Late FULL = new Late("a", true, -7, "你好", Rank.OWNER, Long.MIN_VALUE, true);

  private static byte[] bytes(Record value, int from) {
    return BinaryCodec.bytes(out -> AddedComponents.write(out, value, from));
  }

  private static <R extends Record> R read(Class<R> type, byte[] bytes) throws IOException {
    return BinaryCodec.read(bytes, in -> AddedComponents.read(in, type, "a", true));
  }

  @Test
  void whatIsWrittenIsRead() throws IOException {
    assertEquals(FULL, read(Late.class, bytes(FULL, 2)));
    assertEquals(PLAIN, read(Late.class, bytes(PLAIN, 2)));
  }

  @Test
  void aDefaultIsNotWrittenSoThatOldFormsStayAsTheyWere() {
    assertArrayEquals(new byte[0], bytes(PLAIN, 2));
    assertArrayEquals(new byte[0], bytes(new Early("a", true), 2));
  }

  @Test
  void anEarlierBuildPassesOverWhatItDoesNotKnow() throws IOException {
    assertEquals(new Early("a", true), read(Early.class, bytes(FULL, 2)));
  }

  @Test
  void damagedBytesAreRefused() {
    assertThrows(IOException.class, () -> read(Late.class, new byte[] {4, 0, 1, 9}));
    assertThrows(
        IOException.class, () -> read(Late.class, new byte[] {4, 0, 8, 0, 0, 0, 0, 0, 0, 0, 9}));
    assertThrows(IOException.class, () -> read(Late.class, new byte[] {2, 0, 8, 0}));
  }
}
