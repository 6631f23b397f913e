// SPDX-License-Identifier: Apache-2.0
package chat.protocol.cbor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import chat.protocol.Availability;
import chat.protocol.Command;
import chat.protocol.Content;
import chat.protocol.Cursor;
import chat.protocol.Event;
import chat.protocol.Limits;
import chat.protocol.NegotiatedProtocol;
import chat.protocol.Person;
import chat.protocol.PresenceStatus;
import chat.protocol.Problem;
import chat.protocol.Rank;
import chat.protocol.ReadMark;
import chat.protocol.Reply;
import chat.protocol.RoomInfo;
import chat.protocol.RoomKind;
import chat.protocol.RoomSettings;
import chat.protocol.RoomState;
import chat.protocol.RoomView;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The byte examples of docs/protocol.md are what the format says, to the last one. */
class DocumentedBytesTest {
  private static final Path DOCUMENT = Path.of("..", "..", "docs", "protocol.md");
  private static final Pattern EXAMPLE =
      Pattern.compile("```bytes ([\\w.]+)\\n(.*?)```", Pattern.DOTALL);
  private static final UUID ID = UUID.fromString("00112233-4455-6677-8899-aabbccddeeff");
  private static final Person ANNA = new Person(7, "anna");

  private static Map<String, byte[]> encoded() {
    CborClientFormat client = new CborClientFormat();
    CborFormat server = new CborFormat();
    NegotiatedProtocol negotiated = new NegotiatedProtocol(1, List.of());
    Map<String, byte[]> bytes = new TreeMap<>();
    bytes.put("Idle", client.idle());
    bytes.put("Hello", client.encode(1, new Command.Hello(1, List.of(), "demo", "en")));
    bytes.put(
        "Welcome",
        server.encode(
            negotiated, 1, new Reply.Welcome(1, List.of(), Limits.DEFAULT, "Chatroom", true)));
    bytes.put("LogIn", client.encode(2, new Command.LogIn("anna", "correct horse", "laptop")));
    bytes.put("Sync", client.encode(3, new Command.Sync(List.of(new Cursor(1, 41, 0x11)), 5, 5)));
    bytes.put("Synced", server.encode(negotiated, 3, synced()));
    bytes.put("Post", client.encode(4, new Command.Post(ID, 1, "Hi 👋")));
    bytes.put(
        "Posted", server.encode(negotiated, 4, new Reply.Posted(ID, 1, 42, 1_795_000_000_000L)));
    bytes.put(
        "Entry",
        server.encode(
            negotiated,
            new Event.Entry(1, 42, ID, ANNA, 1_795_000_000_000L, new Content.Text("Hi 👋"))));
    bytes.put(
        "Failed",
        server.encode(negotiated, 5, new Reply.Failed(Problem.TOO_MANY, "too many messages", 200)));
    return bytes;
  }

  private static Reply synced() {
    RoomInfo lobby =
        new RoomInfo(1, RoomKind.PUBLIC, RoomSettings.of("Lobby", ""), 0, 2, new Person(0, ""));
    RoomView view =
        new RoomView(
            lobby,
            new RoomState(Rank.MEMBER, 0, 40, 41, 1, 0, false, ""),
            1,
            41,
            true,
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(new ReadMark(8, 41, 41)));
    return new Reply.Synced(
        List.of(view),
        List.of(ANNA),
        List.of(new PresenceStatus(7, Availability.AWAY)),
        List.of(),
        List.of());
  }

  @Test
  void everyExampleIsWhatTheFormatSays() throws IOException {
    Map<String, String> written = new TreeMap<>();
    Matcher examples = EXAMPLE.matcher(Files.readString(DOCUMENT));
    while (examples.find()) {
      written.put(examples.group(1), examples.group(2).replaceAll("#.*|\\s", ""));
    }
    Map<String, String> said = new TreeMap<>();
    encoded().forEach((name, bytes) -> said.put(name, HexFormat.of().formatHex(bytes)));
    assertEquals(said, written);
  }
}
