// SPDX-License-Identifier: Apache-2.0
package chat.launcher;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** {@code chatroom status}, {@code swap} and so on: says a word to the running server. */
public final class AdminClient {
  /** Words that only begin something. */
  private static final Set<String> LONG = Set.of("migrate", "backup", "restore");

  private static final long STEP_MILLIS = 200;
  private static final long AWAY_NANOS = 3_000_000_000L;
  private static final long EVERY_NANOS = 5_000_000_000L;

  private AdminClient() {}

  public static void main(String[] arguments) {
    List<String> words = new ArrayList<>(Arrays.asList(arguments));
    Path data = Options.defaultData();
    int option = words.indexOf("--data");
    if (option >= 0) {
      if (option + 1 == words.size()) {
        System.err.println("chatroom: --data needs a value");
        System.exit(2);
      }
      data = Path.of(words.remove(option + 1)).toAbsolutePath().normalize();
      words.remove(option);
    }
    Path socket = data.resolve("run/admin.sock");
    int code = ask(socket, words);
    if (code == 0 && LONG.contains(words.getFirst()) && !words.contains("--dry-run")) {
      code = follow(socket);
    }
    System.exit(code);
  }

  /** Shows how a copy is doing until it ends. Ending this program does not end the copy. */
  private static int follow(Path socket) {
    boolean terminal = System.console() != null && System.console().isTerminal();
    long next = 0;
    while (true) {
      Answer answer = say(socket, List.of("copying"));
      boolean running = answer.well() && answer.text().startsWith("running: ");
      if (terminal) {
        System.out.print("\r\033[K" + answer.text() + (running ? "" : "\n"));
        System.out.flush();
      } else if (!running || System.nanoTime() >= next) {
        System.out.println(answer.text());
        next = System.nanoTime() + EVERY_NANOS;
      }
      if (!running) {
        return answer.text().startsWith("done: ") ? 0 : 1;
      }
      try {
        Thread.sleep(STEP_MILLIS);
      } catch (InterruptedException e) {
        return 1;
      }
    }
  }

  private static int ask(Path socket, List<String> words) {
    Answer answer = say(socket, words);
    if (answer.well()) {
      System.out.println(answer.text());
      return 0;
    }
    System.err.println("chatroom: " + answer.text());
    return 1;
  }

  /** For a moment it is, while the part that answers there is exchanged. */
  private static boolean isAway(Path socket) {
    Path info = socket.resolveSibling("server.info");
    long deadline = System.nanoTime() + AWAY_NANOS;
    while (Files.notExists(socket) && Files.exists(info) && System.nanoTime() < deadline) {
      try {
        Thread.sleep(STEP_MILLIS);
      } catch (InterruptedException e) {
        break;
      }
    }
    return Files.notExists(socket);
  }

  private record Answer(boolean well, String text) {}

  private static Answer say(Path socket, List<String> words) {
    if (isAway(socket)) {
      return new Answer(
          false, "no server runs here (" + socket + " is not there); is it another --data DIR?");
    }
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      channel.connect(UnixDomainSocketAddress.of(socket));
      for (String word : words) {
        channel.write(ByteBuffer.wrap((word + "\0").getBytes(StandardCharsets.UTF_8)));
      }
      channel.shutdownOutput();
      String answer =
          new String(Channels.newInputStream(channel).readAllBytes(), StandardCharsets.UTF_8);
      int end = answer.indexOf('\n');
      return new Answer(answer.startsWith("ok\n"), answer.substring(end + 1).stripTrailing());
    } catch (IOException e) {
      return new Answer(false, "the server does not answer on " + socket + ": " + e.getMessage());
    }
  }
}
