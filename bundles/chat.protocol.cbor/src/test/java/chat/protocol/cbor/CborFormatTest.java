// SPDX-License-Identifier: Apache-2.0
package chat.protocol.cbor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import chat.protocol.ClientFormat;
import chat.protocol.Command;
import chat.protocol.Decoded;
import chat.protocol.ServerMessage;
import chat.protocol.WireFormat;
import chat.protocol.tck.WireContract;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CborFormatTest implements WireContract {

  @Override
  public WireFormat server() {
    return new CborFormat();
  }

  @Override
  public ClientFormat client() {
    return new CborClientFormat();
  }

  @Test
  void everyMessageHasANumber() {
    TreeSet<String> missing = new TreeSet<>();
    collect(Command.class, Types.COMMANDS, missing);
    collect(ServerMessage.class, Types.SERVER_MESSAGES, missing);
    assertEquals(new TreeSet<>(), missing);
  }

  @ParameterizedTest
  @CsvSource({
    "a0, 07, Post lacks component 0",
    "bf00ff, 0f, indefinite length",
    "a10001a0, 0f, bytes behind the body",
    "a2000100 02, 0f, no valid CBOR",
    "a1613001, 0f, a key is not an unsigned integer",
    "a12001, 0f, a key is not an unsigned integer",
    "80, 0f, expected START_OBJECT",
    "a1008181818181818181818180, 0f, no valid CBOR",
    "a100f7, 07, undefined is no value",
    "a100, 0f, no valid CBOR",
  })
  void aBodyOutsideTheFormatIsMalformedAndTheNextFrameIsFine(String body, String type, String why) {
    byte[] bad = HexFormat.of().parseHex(body.replace(" ", ""));
    ByteBuffer bytes =
        ByteBuffer.allocate(200)
            .putInt(7 + bad.length)
            .putShort(Short.parseShort(type, 16))
            .put((byte) 0)
            .putInt(9)
            .put(bad)
            .put(new CborClientFormat().encode(10, new Command.Ping()))
            .flip();
    Decoded.Malformed<?> malformed =
        assertInstanceOf(Decoded.Malformed.class, server().decode(bytes, 1024, Map.of()));
    assertEquals(9, malformed.correlation());
    assertEquals(
        why, malformed.why().substring(0, Math.min(why.length(), malformed.why().length())));
    assertEquals(
        new Decoded.Message<>(10, new Command.Ping()), server().decode(bytes, 1024, Map.of()));
  }

  @Test
  void unknownKeysArePassedOverAndMissingOnesHaveADefault() {
    // {5: [1, {"a": h'00'}], 1: "bob", 0: 3}: what a newer client could send for People(room, ...)
    byte[] body = HexFormat.of().parseHex("a3058201a1614141000163626f620003");
    ByteBuffer bytes =
        ByteBuffer.allocate(100)
            .putInt(7 + body.length)
            .putShort((short) 0x0a)
            .put((byte) 0)
            .putInt(1)
            .put(body)
            .flip();
    assertEquals(
        new Decoded.Message<>(1, new Command.People(3, "bob", 0)),
        server().decode(bytes, 1024, Map.of()));
  }

  @Test
  void anUnknownTypeIsSaidAndTheConnectionGoesOn() {
    ByteBuffer bytes = ByteBuffer.wrap(HexFormat.of().parseHex("000000080fff0000000004a0"));
    assertEquals(new Decoded.Unknown<>(4, 0xfff), server().decode(bytes, 1024, Map.of()));
  }

  private static void collect(Class<?> type, Types types, TreeSet<String> missing) {
    if (type.isRecord()) {
      if (!types.classes().contains(type)) {
        missing.add(type.getName());
      }
    } else {
      for (Class<?> permitted : type.getPermittedSubclasses()) {
        collect(permitted, types, missing);
      }
    }
  }
}
