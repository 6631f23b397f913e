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

/** {@code chatroom status}, {@code swap} and so on: says a word to the running server. */
public final class Ask {
  private Ask() {}

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
    System.exit(ask(data.resolve("run/admin.sock"), words));
  }

  private static int ask(Path socket, List<String> words) {
    if (Files.notExists(socket)) {
      System.err.println(
          "chatroom: no server runs here (" + socket + " is not there); is it another --data DIR?");
      return 1;
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
      String text = answer.substring(end + 1).stripTrailing();
      if (answer.startsWith("ok\n")) {
        System.out.println(text);
        return 0;
      }
      System.err.println("chatroom: " + text);
    } catch (IOException e) {
      System.err.println(
          "chatroom: the server does not answer on " + socket + ": " + e.getMessage());
    }
    return 1;
  }
}
