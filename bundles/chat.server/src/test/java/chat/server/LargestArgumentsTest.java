// SPDX-License-Identifier: Apache-2.0
package chat.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import chat.protocol.AccountAction;
import chat.protocol.Availability;
import chat.protocol.Command;
import chat.protocol.ContactAction;
import chat.protocol.Cursor;
import chat.protocol.Event;
import chat.protocol.InvitationPolicy;
import chat.protocol.ModerationAction;
import chat.protocol.Position;
import chat.protocol.Problem;
import chat.protocol.Rank;
import chat.protocol.Reply;
import chat.protocol.RoomKind;
import chat.protocol.RoomSettings;
import chat.server.ServerFixture.Somebody;
import chat.server.room.Account;
import chat.server.room.Directory;
import chat.server.room.Role;
import chat.server.room.Room;
import chat.server.room.Room.Membership;
import chat.server.room.Room.Versioned;
import chat.server.room.StoredRoom;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every command with its largest legal arguments and the worst texts, on a server with 100,000
 * accounts and 10,000 rooms, takes little of an event loop and not much of a processor. What is
 * measured is processor time, of which the least of several tries counts, so that a busy machine
 * does not matter.
 */
@Tag("slow")
@Timeout(600)
class LargestArgumentsTest {
  private static final int ACCOUNTS = 100_000;
  private static final int ROOMS = 10_000;
  private static final int TRIES = 30;
  private static final long LOOP_NANOS = 5_000_000;
  private static final long ALL_NANOS = 50_000_000;
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  /** What costs most to fold, to normalize, to look for or to break into words. */
  private static final List<String> WORST =
      List.of("@a ", "@", "\uFDFA", "👩\u200d", "e\u0301\u0327\u0323", "天气", "\u202e\u2067a", "a ");

  @TempDir Path folder;

  private static String text(String unit, int bytes) {
    return unit.repeat(bytes / unit.getBytes(StandardCharsets.UTF_8).length);
  }

  private static String text(String unit, int codePoints, int most) {
    String repeated = unit.repeat(codePoints);
    String cut =
        repeated.substring(
            0,
            repeated.offsetByCodePoints(
                0, Math.min(codePoints, repeated.codePointCount(0, repeated.length()))));
    return cut.getBytes(StandardCharsets.UTF_8).length <= most ? cut : text(unit, most);
  }

  private static void fill(Directory directory) {
    Room lobby = directory.rooms().lobby();
    for (long id = 1_000; id < 1_000 + ACCOUNTS; id++) {
      directory.accounts().add(new Account(id, "somebody " + id, Role.MEMBER, "", 1));
      directory.rooms().putMember(lobby, id, new Versioned<>(new Membership(Rank.MEMBER, 0, 1), 1));
    }
    for (int i = 0; i < ROOMS; i++) {
      RoomSettings settings =
          RoomSettings.of(
              text(WORST.get(i % WORST.size()), 40, 200) + i, text("\uFDFA", 500, 1_500));
      directory
          .rooms()
          .add(
              directory
                  .rooms()
                  .make(
                      100_000 + i,
                      new Versioned<>(StoredRoom.of(RoomKind.PUBLIC, settings), 1),
                      0));
    }
  }

  /** The commands of a member, as large as they may be. */
  private static List<Supplier<Command>> commands(String unit, Event.Entry said, long other) {
    String words = text(unit, 16_384);
    Cursor target = Cursor.behind(said);
    List<Cursor> cursors = LongStream.range(0, 2_000).mapToObj(n -> new Cursor(n, n, n)).toList();
    List<Position> positions =
        LongStream.range(0, 3_000).mapToObj(n -> new Position(n, Long.MAX_VALUE)).toList();
    List<Supplier<Command>> commands = new ArrayList<>();
    commands.add(() -> new Command.Sync(cursors, 200, 200, Availability.ONLINE));
    commands.add(() -> new Command.Post(UUID.randomUUID(), 1, words, said.number(), true));
    commands.add(() -> new Command.Edit(UUID.randomUUID(), target, words));
    commands.add(() -> new Command.History(1, Command.Direction.BEFORE, 0, 200));
    commands.add(() -> new Command.Files(1, 0, 200));
    commands.add(() -> new Command.People(1, text(unit, 512), 200));
    commands.add(() -> new Command.People(1, "", 200));
    commands.add(() -> new Command.Rooms(text(unit, 4_096), "", 200));
    commands.add(() -> new Command.Rooms("", text(unit, 1_024), 200));
    commands.add(() -> new Command.Rooms("", "", 200));
    commands.add(() -> new Command.Search(words, List.of(), 200));
    commands.add(() -> new Command.Search("e", positions, 200));
    commands.add(() -> new Command.Open(1, 200, 200));
    commands.addAll(ofFilesAndMessages(unit, said));
    commands.addAll(ofRooms(unit, other));
    commands.addAll(ofPeople(unit, other));
    return commands;
  }

  private static List<Supplier<Command>> ofFilesAndMessages(String unit, Event.Entry said) {
    Cursor target = Cursor.behind(said);
    List<Supplier<Command>> commands = new ArrayList<>();
    commands.add(() ->
        new Command.StartUpload(
            UUID.randomUUID(), 1, text(unit, 4_096), text(unit, 1_024), 1, new byte[32]));
    commands.add(() -> new Command.UploadChunk(UUID.randomUUID(), 0, new byte[32 << 10]));
    commands.add(() -> new Command.CancelUpload(UUID.randomUUID()));
    commands.add(() -> new Command.Download(1, said.number(), 0, 32 << 10));
    commands.add(() -> new Command.React(UUID.randomUUID(), target, text(unit, 256), true));
    commands.add(() -> new Command.Pin(UUID.randomUUID(), target, true));
    commands.add(() -> new Command.Forward(UUID.randomUUID(), target, 1));
    return commands;
  }

  private static List<Supplier<Command>> ofRooms(String unit, long other) {
    String line = text(unit, 64, 1_024).strip();
    List<Supplier<Command>> commands = new ArrayList<>();
    commands.add(() ->
        new Command.Create(
            UUID.randomUUID(), RoomKind.PUBLIC, text(unit, 1_024), text(unit, 4_096)));
    commands.add(() ->
        new Command.Create(UUID.randomUUID(), RoomKind.PRIVATE, line, text(unit, 500, 4_096)));
    commands.add(() -> new Command.Direct(UUID.randomUUID(), other));
    commands.add(() -> new Command.Join(UUID.randomUUID(), 100_001));
    commands.add(() -> new Command.Leave(UUID.randomUUID(), 100_001));
    commands.add(() -> new Command.DeclineInvitation(100_001));
    commands.add(() ->
        new Command.SetRoom(
            UUID.randomUUID(), 1, RoomSettings.Change.NONE.withTopic(text(unit, 4_096))));
    commands.add(() ->
        new Command.Moderate(UUID.randomUUID(), 1, other, ModerationAction.MUTE, Long.MAX_VALUE));
    commands.add(() -> new Command.MarkRead(1, Long.MAX_VALUE, Long.MAX_VALUE));
    commands.add(() -> new Command.MarkRead(1, Long.MAX_VALUE, Long.MAX_VALUE, true));
    commands.add(() -> new Command.MuteNotifications(1, true));
    commands.add(() -> new Command.Draft(1, text(unit, 16_384)));
    commands.add(() -> new Command.Typing(1));
    return commands;
  }

  private static List<Supplier<Command>> ofPeople(String unit, long other) {
    List<Supplier<Command>> commands = new ArrayList<>();
    commands.add(() -> new Command.UpdateContact(other, ContactAction.REQUEST));
    commands.add(() -> new Command.GetProfile(0, text(unit, 512)));
    commands.add(() ->
        new Command.SetProfile(text(unit, 512), text(unit, 1_024), text(unit, 16_384), true, true));
    commands.add(() -> new Command.SetPicture(0, 256 << 10, 0, new byte[32 << 10]));
    commands.add(() -> new Command.Picture(other, 0, 0, 32 << 10));
    commands.add(() -> new Command.SetPresence(Availability.AWAY));
    commands.add(() -> new Command.SetInvitationPolicy(InvitationPolicy.FRIENDS));
    commands.add(() -> new Command.Invite(25, 30));
    commands.add(() -> new Command.DeleteAccount(text(unit, 1_024)));
    commands.add(() -> new Command.ChangePassword(text(unit, 1_024), text(unit, 128, 1_024)));
    commands.add(() ->
        new Command.ResetPassword(text(unit, 256), text(unit, 128, 1_024), text(unit, 1_024), ""));
    commands.add(Command.Devices::new);
    commands.add(() -> new Command.ChangeName(text(unit, 512)));
    commands.add(Command.GetSecondFactor::new);
    commands.add(() ->
        new Command.SetSecondFactor(
            text(unit, 1_024), new byte[64], text(unit, 64), text(unit, 64)));
    commands.add(() -> new Command.RemoveSecondFactor(text(unit, 1_024), text(unit, 64)));
    commands.add(() -> new Command.Accounts(text(unit, 4_096), text(unit, 512), 200));
    commands.add(() -> new Command.Accounts("", "", 200));
    commands.add(() -> new Command.AdministerAccount(other, AccountAction.RENAME, text(unit, 512)));
    commands.add(() -> new Command.DevicesOf(other));
    commands.add(() -> new Command.InviteToResetPassword(other));
    commands.add(() -> new Command.Announce(text(unit, 4_096)));
    commands.add(() -> new Command.EndDevice(UUID.randomUUID()));
    commands.add(() -> new Command.LogIn(text(unit, 512), text(unit, 1_024), "", new byte[64], ""));
    commands.add(Command.Ping::new);
    return commands;
  }

  private record Cost(long loop, long all) {}

  private static long allNanos() {
    long all = 0;
    for (long thread : THREADS.getAllThreadIds()) {
      var info = THREADS.getThreadInfo(thread);
      if (info != null
          && info.getThreadName().startsWith("chat-")
          && !info.getThreadName().equals("chat-passwords")) {
        all += Math.max(0, THREADS.getThreadCpuTime(thread));
      }
    }
    return all + THREADS.getCurrentThreadCpuTime();
  }

  private static Cost cost(Somebody by, Command command) {
    long all = allNanos();
    long before = THREADS.getCurrentThreadCpuTime();
    int number = by.sends(command);
    long loop = THREADS.getCurrentThreadCpuTime() - before;
    Reply reply = by.answered(number);
    long total = allNanos() - all;
    if (reply instanceof Reply.Failed failed) {
      assertNotEquals(Problem.INTERNAL, failed.problem(), command.getClass()::toString);
    }
    return new Cost(loop, total);
  }

  @Test
  void noCommandTakesLong() throws Exception {
    try (ServerFixture server =
        new ServerFixture(
            folder, "anna", "b1", "b2", "b3", "b4", "b5", "b6", "b7", "b8", "boris")) {
      fill(server.directory());
      for (Somebody owner : server.people()) { // else their commands are refused at once
        server
            .server()
            .accounts()
            .setRole(server.server().accounts().account(owner.name()), Role.OWNER);
      }
      Event.Entry said = server.one(0).says(1, "a text");
      for (int i = 0; i < 240; i++) {
        server.one(0).says(1, text(WORST.get(i % WORST.size()), 16_000));
      }
      List<String> tooLong = new ArrayList<>();
      for (int unitNumber = 0; unitNumber < WORST.size(); unitNumber++) {
        String unit = WORST.get(unitNumber);
        Somebody anna = server.one(1 + unitNumber); // each has a budget of the processor
        for (Supplier<Command> next : commands(unit, said, server.one(9).account())) {
          Cost least = new Cost(Long.MAX_VALUE, Long.MAX_VALUE);
          for (int i = 0;
              i < TRIES && (least.loop() > LOOP_NANOS || least.all() > ALL_NANOS || i < 1);
              i++) {
            Cost cost = cost(anna, next.get());
            least =
                new Cost(Math.min(least.loop(), cost.loop()), Math.min(least.all(), cost.all()));
          }
          if (least.loop() > LOOP_NANOS || least.all() > ALL_NANOS) {
            tooLong.add(next.get().getClass().getSimpleName() + " of '" + unit + "': " + least);
          }
        }
      }
      assertEquals(List.of(), tooLong);
    }
  }
}
