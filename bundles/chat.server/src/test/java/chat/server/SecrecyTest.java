// SPDX-License-Identifier: Apache-2.0
package chat.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.protocol.Command;
import chat.protocol.Command.Direction;
import chat.protocol.Content;
import chat.protocol.Cursor;
import chat.protocol.Event;
import chat.protocol.ModerationAction;
import chat.protocol.Reply;
import chat.protocol.RoomKind;
import chat.protocol.RoomSettings.Change;
import chat.protocol.ServerMessage;
import chat.server.ServerFixture.Somebody;
import chat.server.base.Sha256;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random histories of people who come, go, are put out, say things and look for them. Whatever
 * comes from a room carries the room's mark in its text; nobody may be told a text with the mark of
 * a room of which it is no member when the step is over.
 */
@Tag("slow")
@Timeout(600)
class SecrecyTest {
  private static final int HISTORIES = Integer.getInteger("chat.histories", 3_000);
  private static final int OF_A_COMPANY = 1_000;
  private static final int STEPS = 14;
  private static final Pattern MARK = Pattern.compile("mark(\\d+)x");

  @TempDir Path folder;

  @Test
  void nobodyHearsWhatIsNotForThem() throws Exception {
    int heard = 0;
    int refused = 0;
    int fetched = 0;
    for (int done = 0; done < HISTORIES; done += OF_A_COMPANY) {
      Path data = Files.createDirectory(folder.resolve("data" + done));
      try (ServerFixture server = new ServerFixture(data, "anna", "boris", "chen", "dora")) {
        for (int i = 0; i < Math.min(OF_A_COMPANY, HISTORIES - done); i++) {
          History history = new History(server, new Random(done + i));
          history.run();
          heard += history.heard;
          refused += history.refused;
          fetched += history.fetched;
        }
      }
    }
    assertTrue(heard > HISTORIES, "only " + heard + " texts were heard at all");
    assertTrue(refused > HISTORIES, "only " + refused + " commands were refused");
    assertTrue(fetched > HISTORIES / 10, "only " + fetched + " files were fetched");
  }

  @Test
  void aLeakWouldBeFound() throws Exception {
    try (ServerFixture server = new ServerFixture(folder, "anna", "boris", "chen", "dora")) {
      History history = new History(server, new Random(1));
      history.make();
      Somebody anna = server.one(0);
      long room = history.rooms.getFirst();
      anna.says(room, "mark" + room + "x");
      history.members.get(room).remove(anna);
      server.settle();
      assertEquals(List.of(room), history.leaks(anna));
    }
  }

  /** From the number of the kick on nothing is heard, however fast others talk. */
  @Test
  void aKickEndsHearingInTheMiddleOfTalk() throws Exception {
    try (ServerFixture server = new ServerFixture(folder, "anna", "boris", "chen", "dora")) {
      Somebody anna = server.one(0);
      Somebody chen = server.one(2);
      long room = anna.makes(RoomKind.PRIVATE, "room");
      List<Thread> talk = new ArrayList<>();
      AtomicBoolean over = new AtomicBoolean();
      for (Somebody talker : List.of(server.one(1), server.one(3))) {
        anna.bringsIn(talker, room);
        talk.add(
            Thread.ofPlatform()
                .start(() -> {
                  while (!over.get()) {
                    talker.says(room, "words");
                  }
                }));
      }
      List<long[]> away = new ArrayList<>();
      Set<Long> live = new HashSet<>();
      for (int round = 0; round < 200; round++) {
        anna.does(ModerationAction.INVITE, chen, room);
        long in = chen.does(new Command.Join(UUID.randomUUID(), room)).number();
        if (!away.isEmpty()) {
          away.getLast()[1] = in;
        }
        chen.asks(new Command.Open(room, 0, 0));
        Thread.sleep(round % 3);
        away.add(
            new long[] {anna.does(anna.command(ModerationAction.KICK, chen, room)).number(), 0});
      }
      over.set(true);
      for (Thread thread : talk) {
        thread.join();
      }
      server.settle();
      away.getLast()[1] = Long.MAX_VALUE;
      chen.hears().stream().flatMap(entriesOf(room)).map(Event.Entry::number).forEach(live::add);
      assertTrue(live.size() > 50, "only " + live.size() + " were heard");
      for (long[] gap : away) {
        for (long number : live) {
          assertTrue(
              number < gap[0] || number >= gap[1],
              number + " is between " + gap[0] + " and " + gap[1]);
        }
      }
    }
  }

  private static Function<ServerMessage, Stream<Event.Entry>> entriesOf(long room) {
    return message ->
        message instanceof Event.Entry entry && entry.room() == room
            ? Stream.of(entry)
            : Stream.empty();
  }

  /** What happens in two rooms of four people; the truth about who is in which is kept here. */
  private static final class History {
    private final ServerFixture server;
    private final Random random;
    private final List<Long> rooms = new ArrayList<>();
    private final Map<Long, Set<Somebody>> members = new HashMap<>();
    private final Map<Long, List<Event.Entry>> said = new HashMap<>();
    private final Map<Long, List<Long>> files = new HashMap<>();
    private final Set<String> following = new HashSet<>();
    private int heard;
    private int refused;
    private int fetched;

    History(ServerFixture server, Random random) {
      this.server = server;
      this.random = random;
    }

    void make() {
      Somebody anna = server.one(0);
      for (RoomKind kind : List.of(RoomKind.PRIVATE, RoomKind.PUBLIC)) {
        long room = anna.makes(kind, "room " + server.directory().rooms().all().size());
        rooms.add(room);
        members.put(room, new HashSet<>(Set.of(anna)));
        said.put(room, new ArrayList<>());
        anna.asks(new Command.Open(room, 0, 0));
      }
    }

    /** Whoever came into a room opens it, as a client does by itself. */
    private void follow(Somebody somebody) {
      rooms.stream()
          .filter(room -> members.get(room).contains(somebody))
          .filter(room -> following.add(somebody.name() + room))
          .forEach(room -> somebody.asks(new Command.Open(room, 5, 0)));
      following.removeIf(key ->
          rooms.stream()
              .anyMatch(room ->
                  key.equals(somebody.name() + room) && !members.get(room).contains(somebody)));
    }

    void run() throws Exception {
      make();
      for (int step = 0; step < STEPS; step++) {
        String what = step();
        server.settle();
        for (Somebody somebody : server.people()) {
          assertEquals(List.of(), leaks(somebody), what);
          follow(somebody);
          assertEquals(List.of(), leaks(somebody), what);
        }
      }
      everybodyFetchesEveryFile();
      for (long room : rooms) {
        for (Somebody somebody : List.copyOf(server.people()).reversed()) {
          somebody.asks(new Command.Leave(UUID.randomUUID(), room));
        }
      }
      server.settle();
      server.people().forEach(Somebody::hears);
    }

    private void everybodyFetchesEveryFile() {
      for (Somebody somebody : server.people()) {
        files.forEach((room, numbers) ->
            numbers.forEach(number ->
                fetched +=
                    somebody.asks(new Command.Download(room, number, 0, 100)) instanceof Reply.Data
                        ? 1
                        : 0));
        assertEquals(List.of(), leaks(somebody), "a file");
      }
    }

    /** The rooms from which somebody was told something that is not for it. */
    List<Long> leaks(Somebody somebody) {
      List<Long> leaks = new ArrayList<>();
      for (ServerMessage message : somebody.hears()) {
        String text = message.toString();
        if (message instanceof Reply.Data data) {
          text = new String(data.bytes(), StandardCharsets.UTF_8);
        }
        for (Matcher mark = MARK.matcher(text); mark.find(); ) {
          long room = Long.parseLong(mark.group(1));
          heard++;
          if (!members.getOrDefault(room, Set.of()).contains(somebody)) {
            leaks.add(room);
          }
        }
      }
      return leaks;
    }

    private <T> T any(List<T> list) {
      return list.get(random.nextInt(list.size()));
    }

    private String step() {
      Somebody anna = server.one(0);
      Somebody actor = any(server.people());
      Somebody other = server.one(1 + random.nextInt(3));
      long room = any(rooms);
      Set<Somebody> in = members.get(room);
      Command command =
          switch (random.nextInt(20)) {
            case 0, 1, 2 ->
                new Command.Post(UUID.randomUUID(), room, "mark" + room + "x " + random.nextInt(9));
            case 3 -> anna.command(ModerationAction.INVITE, other, room);
            case 4 -> anna.command(ModerationAction.KICK, other, room);
            case 5 -> anna.command(ModerationAction.BAN, other, room);
            case 6 -> anna.command(ModerationAction.UNBAN, other, room);
            case 7 -> new Command.Join(UUID.randomUUID(), room);
            case 8 -> new Command.Leave(UUID.randomUUID(), room);
            case 9 -> new Command.History(room, Direction.BEFORE, 0, 20);
            case 10 -> new Command.Search("mark" + room + "x", List.of(), 20);
            case 11 -> new Command.Open(room, 20, 20);
            case 12 -> new Command.Sync(List.of(), 20, 20);
            case 13 -> new Command.Sync(List.of(new Cursor(room, 1, 0)), 20, 20);
            case 14 ->
                said.get(room).isEmpty()
                    ? new Command.Ping()
                    : new Command.Edit(
                        UUID.randomUUID(),
                        Cursor.behind(any(said.get(room))),
                        "mark" + room + "x edited");
            case 15 -> offer(room);
            case 16 -> fetch(room);
            case 17 ->
                new Command.SetRoom(UUID.randomUUID(), room, Change.NONE.withTopic(topic(room)));
            case 18 -> new Command.Files(room, 0, 10);
            default ->
                said.get(room).isEmpty()
                    ? new Command.Files(room, 0, 10)
                    : new Command.Forward(
                        UUID.randomUUID(), Cursor.behind(any(said.get(room))), room);
          };
      if (command instanceof Command.Moderate || command instanceof Command.SetRoom) {
        actor = anna;
      }
      Reply reply = actor.asks(command);
      if (reply instanceof Reply.Failed) {
        refused++;
      } else {
        learn(command, actor, other, in, reply);
      }
      return actor.name() + ": " + command + " -> " + reply;
    }

    private static byte[] content(long room) {
      return ("mark" + room + "x in a file").getBytes(StandardCharsets.UTF_8);
    }

    private static Command offer(long room) {
      byte[] bytes = content(room);
      return new Command.StartUpload(
          UUID.randomUUID(),
          room,
          "mark" + room + "x.txt",
          "text/plain",
          bytes.length,
          Sha256.of(bytes));
    }

    private Command fetch(long room) {
      List<Long> sent = files.getOrDefault(room, List.of());
      return new Command.Download(room, sent.isEmpty() ? 1 : any(sent), 0, 100);
    }

    /** What a private room is about is for its members; that of a public room is for everybody. */
    private String topic(long room) {
      return rooms.indexOf(room) == 0 ? "mark" + room + "x" : "";
    }

    private void learn(
        Command command, Somebody actor, Somebody other, Set<Somebody> in, Reply reply) {
      switch (command) {
        case Command.Post post -> {
          Reply.Posted posted = (Reply.Posted) reply;
          said.get(post.room())
              .add(
                  new Event.Entry(
                      post.room(),
                      posted.number(),
                      post.id(),
                      server.directory().accounts().person(actor.account()),
                      0,
                      new Content.Text(post.text())));
        }
        case Command.Moderate manage -> {
          switch (manage.action()) {
            case INVITE -> {
              Command answer =
                  random.nextInt(3) == 0
                      ? new Command.DeclineInvitation(manage.room())
                      : new Command.Join(UUID.randomUUID(), manage.room());
              if (other.asks(answer) instanceof Reply.Posted) {
                in.add(other);
              }
            }
            case KICK, BAN -> in.remove(other);
            default -> {}
          }
        }
        case Command.StartUpload offer -> {
          byte[] bytes = content(offer.room());
          if (actor.asks(new Command.UploadChunk(offer.id(), 0, bytes))
              instanceof Reply.Posted posted) {
            files.computeIfAbsent(offer.room(), _ -> new ArrayList<>()).add(posted.number());
          }
        }
        case Command.Join join -> in.add(actor);
        case Command.Leave leave -> in.remove(actor);
        default -> {}
      }
    }
  }
}
