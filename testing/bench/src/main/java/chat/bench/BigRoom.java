// SPDX-License-Identifier: Apache-2.0
package chat.bench;

import chat.protocol.Command;
import chat.protocol.Command.Direction;
import chat.protocol.Reply;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.LongAdder;

/**
 * A room of 2,000 members and 100,000 messages: how long one request takes, for who comes, for who
 * looks around and for who searches. Making the room takes some minutes.
 */
public final class BigRoom {
  private static final int MEMBERS = 2_000;
  private static final int MESSAGES = 100_000;
  private static final int TIMES = 50;
  private static final List<String> WORDS =
      List.of("tea", "cake", "time", "garden", "rain", "天气", "很好", "公园", "music", "boat");

  private BigRoom() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    Path data = Files.createTempDirectory("chatroom-bench");
    try (Program chatroom = Program.chatroom(Path.of(arguments[0]), data)) {
      byte[] token = new byte[0];
      for (int i = 0; i < MEMBERS; i++) {
        try (Peer peer = new Peer(chatroom.port(), 1)) {
          token = peer.register("member" + i);
        }
      }
      fill(chatroom, token);
      try (Peer reader = new Peer(chatroom.port(), 1)) {
        reader.resume(token);
        measure("enter, with 50 messages", reader, i -> new Command.Sync(List.of(), 50, 5));
        measure("open the room, with 50 messages", reader, i -> new Command.Open(1, 50, 5));
        measure(
            "a page of history",
            reader,
            i -> new Command.History(1, Direction.BEFORE, 1_000L * (i + 1), 50));
        measure("a page of members", reader, i -> new Command.People(1, "member1", 200));
        measure("a mark in the middle", reader, i -> new Command.MarkRead(1, 1, MESSAGES / 2 + i));
        measure("search, a frequent word", reader, i -> search(WORDS.get(i % WORDS.size())));
        measure("search, a rare word", reader, i -> search("rare" + i));
        measure("search, a phrase", reader, i -> search("\"tea time\""));
        measure("search, three words", reader, i -> search("garden 公园 boat"));
        measure("search, not there", reader, i -> search("nowhere" + i));
      }
    }
  }

  private static Command search(String words) {
    return new Command.Search(words, List.of(), 20);
  }

  private static void fill(Program chatroom, byte[] token)
      throws IOException, InterruptedException {
    Random random = new Random(1);
    LongAdder acknowledged = new LongAdder();
    try (Peer author = new Peer(chatroom.port(), 60)) {
      author.resume(token);
      Thread.ofPlatform().daemon().start(() -> author.count(new LongAdder(), acknowledged));
      for (int i = 0; i < MESSAGES; i++) {
        StringBuilder text = new StringBuilder();
        for (int n = 0; n < 8; n++) {
          text.append(WORDS.get(random.nextInt(WORDS.size()))).append(' ');
        }
        author.say(text + (i % 1_000 == 0 ? "rare" + i / 1_000 : ""));
      }
      while (acknowledged.sum() < MESSAGES) {
        Thread.sleep(10);
      }
    }
  }

  private interface Commands {
    Command at(int i);
  }

  private static void measure(String what, Peer reader, Commands commands) throws IOException {
    long[] micros = new long[TIMES];
    for (int i = 0; i < TIMES; i++) {
      long before = System.nanoTime();
      Reply reply = reader.ask(commands.at(i));
      micros[i] = (System.nanoTime() - before) / 1_000;
      if (reply instanceof Reply.Failed failed) {
        throw new IOException(failed.toString());
      }
    }
    Arrays.sort(micros);
    System.out.printf(
        "%-34s %7.1f ms in the middle, %7.1f ms at worst%n",
        what, micros[TIMES / 2] / 1e3, micros[TIMES - 1] / 1e3);
  }
}
