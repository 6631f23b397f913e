// SPDX-License-Identifier: Apache-2.0
package chat.protocol.cbor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import chat.protocol.Availability;
import chat.protocol.ClientFormat;
import chat.protocol.Command;
import chat.protocol.Decoded;
import chat.protocol.RoomSettings;
import chat.protocol.ServerMessage;
import chat.protocol.WireFormat;
import chat.protocol.tck.WireContract;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
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

  private Decoded<Command> decoded(Command command) {
    ByteBuffer bytes = ByteBuffer.wrap(new CborClientFormat().encode(9, command));
    return server().decode(bytes, 1 << 20, Map.of());
  }

  @Test
  void whatHasMoreThanTheRecordAllowsIsTooLargeAndTheConnectionGoesOn() {
    UUID id = UUID.randomUUID();
    RoomSettings.Change change = RoomSettings.Change.NONE.withTopic("t".repeat(4_096));
    assertInstanceOf(Decoded.Message.class, decoded(new Command.SetRoom(id, 1, change)));
    List<Command> tooLarge =
        List.of(
            new Command.LogIn("x".repeat(513), "", ""),
            new Command.LogIn("é".repeat(257), "", ""),
            new Command.LogIn("", "", "", new byte[65], ""),
            new Command.Hello(1, List.of("x".repeat(257)), "", ""),
            new Command.Hello(1, Collections.nCopies(65, "x"), "", ""),
            new Command.History(1, Command.Direction.BEFORE, 0, 100_001),
            new Command.SetRoom(id, 1, change.withTopic("t".repeat(4_097))));
    for (Command command : tooLarge) {
      Decoded.TooLarge<?> refused =
          assertInstanceOf(Decoded.TooLarge.class, decoded(command), command::toString);
      assertEquals(9, refused.correlation());
    }
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

  @ParameterizedTest
  @CsvSource({
    // {0: id, 1: 7, 2: "a", 3: "b", 4: true, 5: false}: all of them, as clients of 0.1 send it
    "a600500000000000000000000000000000000501070261610361620 4f505f4, a|b|true|false",
    // {0: id, 1: 7, 3: "b"}: the topic alone
    "a3005000000000000000000000000000000005010703 6162, -|b|-|-",
    "a20050000000000000000000000000000000050107, -|-|-|-",
  })
  void whatIsLeftOutOfAChangeOfSettingsIsNotChanged(String body, String change) {
    byte[] bytes = HexFormat.of().parseHex(body.replace(" ", ""));
    ByteBuffer frame = frame(0x1c, bytes);
    Command.SetRoom set = new Command.SetRoom(new UUID(0, 5), 7, change(change.split("\\|")));
    assertEquals(new Decoded.Message<>(1, set), server().decode(frame, 1024, Map.of()));
    assertEquals(frame(0x1c, bytes), ByteBuffer.wrap(new CborClientFormat().encode(1, set)));
  }

  private static RoomSettings.Change change(String[] parts) {
    RoomSettings.Change change = RoomSettings.Change.NONE;
    change = parts[0].equals("-") ? change : change.withName(parts[0]);
    change = parts[1].equals("-") ? change : change.withTopic(parts[1]);
    change = parts[2].equals("-") ? change : change.withReadOnly(Boolean.parseBoolean(parts[2]));
    return parts[3].equals("-") ? change : change.withArchived(Boolean.parseBoolean(parts[3]));
  }

  @Test
  void aChoiceThatIsLeftOutIsTheFirstOne() {
    // {0: [], 1: 5, 2: 5}: Sync of a client that knows no availability
    assertEquals(
        new Decoded.Message<>(1, new Command.Sync(List.of(), 5, 5, Availability.ONLINE)),
        server().decode(frame(0x06, HexFormat.of().parseHex("a3008001050205")), 1024, Map.of()));
  }

  private static ByteBuffer frame(int type, byte[] body) {
    return ByteBuffer.allocate(11 + body.length)
        .putInt(7 + body.length)
        .putShort((short) type)
        .put((byte) 0)
        .putInt(1)
        .put(body)
        .flip();
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
