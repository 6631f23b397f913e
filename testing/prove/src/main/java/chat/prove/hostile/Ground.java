// SPDX-License-Identifier: Apache-2.0
package chat.prove.hostile;

import chat.protocol.Command;
import chat.protocol.Cursor;
import chat.protocol.Invitation;
import chat.protocol.Reply;
import chat.protocol.RoomKind;
import chat.prove.client.Wire;
import chat.prove.server.Guest;
import chat.prove.server.ServerProcess;
import chat.prove.server.Waits;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;

/**
 * A server in which something was said: filled with wide limits, then started anew with those that
 * it has by default. Accounts are made by invitation.
 */
final class Ground {
  static final long LOBBY = 1;

  /** Bytes of the longest text. */
  static final int TEXT = 16 << 10;

  /** Bytes of a file that is to be forwarded. */
  static final int FILE = 50 << 20;

  private static final int PEOPLE = 10;
  private static final int ATTACKERS = 10;
  private static final int ROOMS = 150;
  private static final int MESSAGES = 3_000;
  private static final int LONG_MESSAGES = 100;
  private static final int SOME = 20;
  private static final int WORDS = 30;
  private static final int VOCABULARY = 600;
  private static final int AT_ONCE = 8;
  private static final int CHUNK = 32 << 10;
  private static final int TRIES = 10;
  private static final String USES = "200";

  private final List<Account> people = new ArrayList<>();
  private final List<Account> attackers = new ArrayList<>();
  private final SplittableRandom random = new SplittableRandom(1);
  private long room;
  private Cursor file = new Cursor(0, 0, 0);

  List<Account> people() {
    return people;
  }

  /** An account of the attacker's. */
  Account attacker(int index) {
    return attackers.get(index % attackers.size());
  }

  /** A room of the attacker's own. */
  long room() {
    return room;
  }

  /** Where a large file of the attacker's stands. */
  Cursor file() {
    return file;
  }

  /**
   * Fills a server that has not started, and stops it.
   *
   * @param isFull whether there is to be much in it, and a large file
   */
  void fill(ServerProcess server, boolean isFull) throws IOException, InterruptedException {
    server.set("startsPerHour", "I\"100000\"").start();
    for (int i = 0; i < PEOPLE; i++) {
      people.add(register(server, "person" + i));
    }
    for (int i = 0; i < ATTACKERS; i++) {
      attackers.add(register(server, "attacker" + i));
    }
    try (Wire wire = greeted(server)) {
      wire.answer(new Command.Resume(attackers.getFirst().token()));
      room = posted(wire, create(RoomKind.PRIVATE, "attackers' own")).room();
      all(
          wire,
          isFull ? ROOMS : SOME,
          i -> create(RoomKind.PUBLIC, "Room number " + i + " " + random.nextInt()));
      all(
          wire,
          isFull ? MESSAGES : SOME,
          i -> new Command.Post(UUID.randomUUID(), LOBBY, words(WORDS)));
      all(
          wire,
          isFull ? LONG_MESSAGES : SOME,
          i -> new Command.Post(UUID.randomUUID(), LOBBY, words(TEXT / 9)));
      if (isFull) {
        file = upload(wire);
      }
    }
    String link = server.ask("invite", "--uses", USES).result().text("link");
    String invitation = Invitation.parse(link).orElseThrow().code();
    server.guest(new Guest(Addresses.WRITERS, invitation));
    server.stop();
    server.usualLimits();
  }

  /** A server that has just been started may be slower than it allows a handshake to be. */
  private static Wire greeted(ServerProcess server) throws IOException {
    for (int tried = 1; ; tried++) {
      try {
        return Wire.greeted(server.address(), Addresses.PEOPLE, "person");
      } catch (IOException e) {
        if (tried == TRIES) {
          throw e;
        }
        Waits.moment();
      }
    }
  }

  private static Account register(ServerProcess server, String name) throws IOException {
    try (Wire wire = greeted(server)) {
      Reply reply = wire.answer(new Command.Register(name, Account.PASSWORD, "", ""));
      if (reply instanceof Reply.LoggedIn(var self, byte[] token, _)) {
        return new Account(name, token);
      }
      throw new IOException("the server refuses " + name + ": " + reply);
    }
  }

  private static Command create(RoomKind kind, String name) {
    return new Command.Create(UUID.randomUUID(), kind, name, "");
  }

  private static Reply.Posted posted(Wire wire, Command command) throws IOException {
    if (wire.answer(command) instanceof Reply.Posted posted) {
      return posted;
    }
    throw new IOException("the server refuses " + command);
  }

  private interface Numbered {
    Command command(int number);
  }

  private static void all(Wire wire, int count, Numbered commands) throws IOException {
    int said = 0;
    for (int answered = 0; answered < count; ) {
      for (; said < count && said - answered < AT_ONCE; said++) {
        wire.say(commands.command(said));
      }
      Reply reply = wire.reply();
      if (!(reply instanceof Reply.Failed failed)) {
        answered++;
      } else if (Wire.later(failed)) {
        Waits.sleep(Duration.ofMillis(failed.retryAfter()));
        said--;
      } else {
        throw new IOException("the server refuses: " + failed);
      }
    }
  }

  private String words(int count) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < count; i++) {
      text.append("word").append(random.nextInt(VOCABULARY)).append(' ');
    }
    return text.toString().strip();
  }

  private static Cursor upload(Wire wire) throws IOException {
    UUID id = UUID.randomUUID();
    wire.answer(
        new Command.StartUpload(
            id, LOBBY, "large.bin", "application/octet-stream", FILE, new byte[0]));
    for (int offset = 0; ; offset += CHUNK) {
      byte[] bytes = new byte[Math.min(CHUNK, FILE - offset)];
      Reply reply = wire.answer(new Command.UploadChunk(id, offset, bytes));
      switch (reply) {
        case Reply.Posted posted -> {
          return new Cursor(LOBBY, posted.number(), Cursor.prefix(id));
        }
        case Reply.UploadProgress progress -> {}
        default -> throw new IOException("the server refuses a file: " + reply);
      }
    }
  }
}
