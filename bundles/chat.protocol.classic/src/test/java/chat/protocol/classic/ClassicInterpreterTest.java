// SPDX-License-Identifier: Apache-2.0
package chat.protocol.classic;

import chat.protocol.Interpreter;
import chat.protocol.tck.InterpreterContract;
import chat.protocol.tck.PaperServer;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;

class ClassicInterpreterTest implements InterpreterContract {
  static final String ANNA = "anna";

  @Override
  public Interpreter interpreter(InstantSource clock) {
    return new ClassicInterpreter(clock, ZoneOffset.UTC, UUID::randomUUID);
  }

  @Override
  public List<byte[]> entering() {
    return entry();
  }

  /** As the client does it: it registers somebody on the same page before. */
  static List<byte[]> entry() {
    return List.of(
        ClientWords.register("dora", "abc123"),
        ClientWords.logIn(ANNA, PaperServer.PASSWORD),
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
