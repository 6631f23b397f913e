// SPDX-License-Identifier: Apache-2.0
package chat.protocol.classic;

import chat.protocol.ProtocolAdapter;
import chat.protocol.tck.AdapterContract;
import chat.protocol.tck.ModelServer;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;

class ClassicAdapterTest implements AdapterContract {
  static final String ANNA = "anna";

  @Override
  public ProtocolAdapter adapter(InstantSource clock) {
    return new ClassicAdapter(clock, ZoneOffset.UTC, UUID::randomUUID);
  }

  @Override
  public List<byte[]> entering() {
    return entry();
  }

  /** As the client does it: it registers somebody on the same page before. */
  static List<byte[]> entry() {
    return List.of(
        ClientWords.register("dora", "abc123"),
        ClientWords.logIn(ANNA, ModelServer.PASSWORD),
        ClientWords.online(),
        ClientWords.friends(ANNA),
        ClientWords.privateHistory(ANNA, "carol"),
        ClientWords.files(),
        ClientWords.history(ANNA));
  }

  @Override
  public List<byte[]> talking() {
    return words();
  }

  static List<byte[]> words() {
    return List.of(
        ClientWords.text("", "你 é 😀 x"),
        ClientWords.text("", "3\r\n5\n\nhello\n\n4\n\n"),
        ClientWords.emoji("[emoji-cake]"),
        ClientWords.text("bob", "between you and me"),
        ClientWords.text("carol", "when you are back"),
        ClientWords.text("nobody", "hello?"),
        ClientWords.file("picture.png", ClientWords.content(200_000)),
        ClientWords.file("empty.txt", new byte[0]),
        ClientWords.befriend(ANNA, "bob"),
        ClientWords.befriend(ANNA, "carol"),
        ClientWords.download(ANNA, "notes.txt"),
        ClientWords.download(ANNA, "picture.png"),
        ClientWords.privateHistory(ANNA, "bob"),
        ClientWords.text("", "the end"));
  }

  @Override
  public int maxFrame() {
    return 1_024;
  }
}
