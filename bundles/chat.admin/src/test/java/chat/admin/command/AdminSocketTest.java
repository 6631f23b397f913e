// SPDX-License-Identifier: Apache-2.0
package chat.admin.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class AdminSocketTest {
  private static final String BIG = "x".repeat(1 << 20);

  private final CountDownLatch asked = new CountDownLatch(1);
  private Path path;
  private AdminSocket socket;

  @BeforeEach
  void open(@TempDir Path folder) throws IOException {
    path = folder.resolve("run/admin.sock");
    socket =
        new AdminSocket(
            folder.resolve("run"),
            new CommandRegistry(
                List.of(
                    Command.of("users", "Tell.", "users", a -> Map.of("users", List.of("爱"))),
                    Command.of("big", "Tell much.", "text", a -> Map.of("text", BIG)),
                    Command.of(
                        "forever",
                        "Wait.",
                        "nothing",
                        a -> {
                          asked.countDown();
                          try {
                            Thread.sleep(60_000);
                          } catch (InterruptedException e) {
                            throw new IOException(e);
                          }
                          return Map.of();
                        }))));
  }

  @AfterEach
  void close() throws IOException {
    socket.close();
  }

  private SocketChannel connected() throws IOException {
    SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
    channel.connect(UnixDomainSocketAddress.of(path));
    return channel;
  }

  private static void write(SocketChannel channel, byte[] bytes) throws IOException {
    ByteBuffer rest = ByteBuffer.wrap(bytes);
    while (rest.hasRemaining()) {
      channel.write(rest);
    }
  }

  private String ask(String request) throws IOException {
    try (SocketChannel channel = connected()) {
      write(channel, request.getBytes(StandardCharsets.UTF_8));
      channel.shutdownOutput();
      return new String(Channels.newInputStream(channel).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private void isStillThere() throws IOException {
    assertEquals(
        "{\"command\":\"users\",\"exit\":0,\"result\":{\"users\":[\"爱\"]}}\n", ask("users\0"));
  }

  @Test
  void onlyItsOwnerMayOpenIt() throws IOException {
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(path)));
  }

  @Test
  void aLineOfWordsIsAnsweredWithOneObject() throws IOException {
    isStillThere();
    assertEquals(ask("users\0"), ask("users\n"));
    assertTrue(ask("big\0").contains(BIG));
  }

  @Test
  void whatMakesNoSenseIsAnswered() throws IOException {
    assertTrue(ask("nonsense\0").contains("\"code\":\"unknown-command\""));
    assertTrue(ask("").contains("\"code\":\"unknown-command\""));
    assertTrue(ask("users 'a\n").contains("a quote is not closed"));
    assertTrue(ask("users\0cut off").contains("\"exit\":2"));
    isStillThere();
  }

  @Test
  void aLineThatIsTooLongIsRefused() throws IOException {
    assertTrue(
        ask("users " + "x".repeat(3 * AdminSocket.LONGEST_REQUEST))
            .contains("at most 65536 bytes"));
    isStillThere();
  }

  @Test
  void clientsThatBreakOffHarmNobody() throws IOException {
    for (int i = 0; i < 20; i++) {
      try (SocketChannel mute = connected();
          SocketChannel half = connected();
          SocketChannel deaf = connected()) {
        write(half, "use".getBytes(StandardCharsets.UTF_8));
        write(deaf, "big\0".getBytes(StandardCharsets.UTF_8));
        deaf.shutdownOutput();
        assertTrue(mute.isOpen());
      }
    }
    isStillThere();
  }

  @Test
  void whoWaitsWhenItIsClosedIsCutOff() throws Exception {
    try (SocketChannel waiting = connected()) {
      write(waiting, "forever\0".getBytes(StandardCharsets.UTF_8));
      waiting.shutdownOutput();
      asked.await();

      socket.close();

      byte[] answer = Channels.newInputStream(waiting).readAllBytes();
      assertFalse(new String(answer, StandardCharsets.UTF_8).contains("result"));
      assertTrue(Files.notExists(path));
    }
  }
}
