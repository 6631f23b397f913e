// SPDX-License-Identifier: Apache-2.0
package chat.prove.hostile;

import chat.protocol.AccountAction;
import chat.protocol.Availability;
import chat.protocol.Command;
import chat.protocol.Command.Direction;
import chat.protocol.Cursor;
import chat.protocol.InvitationPolicy;
import chat.protocol.Position;
import chat.protocol.RoomKind;
import chat.protocol.RoomSettings;
import chat.prove.client.Wire;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/** Every command with the largest arguments that it may have, of the texts that cost most. */
final class Largest implements Attack {
  private static final int WORKERS = 4;
  private static final int MOST = 100_000;
  private static final int CURSORS = 2_500;
  private static final int CHUNK = 32 << 10;

  /** Mentions, what grows when it is normalised, joined emoji, marks, Chinese, right to left. */
  private static final List<String> TEXTS =
      List.of(
          "@a", "\uFDFA", "\uD83D\uDC68\u200D", "e\u0301\u0323", "\u6F22\u5B57", "\u202Eabc\u202C");

  private final AtomicInteger turn = new AtomicInteger();

  @Override
  public void run(Target target) throws InterruptedException {
    target.together(WORKERS, () -> ask(target));
  }

  private void ask(Target target) throws IOException {
    Wire wire = target.loggedIn(target.ground().attacker(5 + turn.get() % 4));
    try {
      while (!target.isOver()) {
        String text = TEXTS.get(turn.getAndIncrement() % TEXTS.size());
        List<Command> commands = new ArrayList<>(commands(target.ground(), text));
        commands.addAll(ofAccounts(text));
        for (Command command : commands) {
          target.ask(wire, command);
        }
      }
    } finally {
      target.release(wire);
    }
  }

  private static List<Command> commands(Ground ground, String text) {
    UUID id = UUID.randomUUID();
    Cursor cursor = new Cursor(Ground.LOBBY, Long.MAX_VALUE, 1);
    RoomSettings.Change change =
        RoomSettings.Change.NONE.withName(filled(text, 1_024)).withTopic(filled(text, 4_096));
    return List.of(
        new Command.Sync(Collections.nCopies(CURSORS, cursor), MOST, MOST, Availability.ONLINE),
        new Command.Post(id, Ground.LOBBY, filled(text, Ground.TEXT)),
        new Command.History(Ground.LOBBY, Direction.AFTER, 0, MOST),
        new Command.Files(Ground.LOBBY, 0, MOST),
        new Command.People(Ground.LOBBY, filled(text, 512), MOST),
        new Command.StartUpload(
            id, Ground.LOBBY, filled(text, 4_096), filled(text, 1_024), 1 << 20, new byte[32]),
        new Command.UploadChunk(id, 0, new byte[CHUNK]),
        new Command.CancelUpload(id),
        new Command.Download(Ground.LOBBY, ground.file().number(), 0, 1 << 20),
        new Command.Edit(id, cursor, filled(text, Ground.TEXT)),
        new Command.React(id, cursor, filled(text, 256), true),
        new Command.Forward(id, cursor, Ground.LOBBY),
        new Command.Search(filled(text + " ", Ground.TEXT), List.of(), MOST),
        new Command.Search(
            filled(text, 200), Collections.nCopies(CURSORS, new Position(1, 1)), MOST),
        new Command.Open(Ground.LOBBY, MOST, MOST),
        new Command.Rooms(filled(text, 4_096), filled(text, 1_024), MOST),
        new Command.Create(id, RoomKind.PUBLIC, filled(text, 1_024), filled(text, 4_096)),
        new Command.SetRoom(id, ground.room(), change),
        new Command.Draft(Ground.LOBBY, filled(text, Ground.TEXT)),
        new Command.GetProfile(0, filled(text, 512)),
        new Command.SetProfile(
            filled(text, 512), filled(text, 1_024), filled(text, 16_384), true, true),
        new Command.SetPicture(0, 1 << 18, 0, new byte[CHUNK]),
        new Command.Picture(1, 0, 0, 1 << 20),
        new Command.DeleteAccount(filled(text, 1_024)),
        new Command.ChangePassword(filled(text, 1_024), filled(text, 1_024)),
        new Command.ResetPassword(filled(text, 256), filled(text, 1_024), filled(text, 1_024), ""),
        new Command.Devices(),
        new Command.EndDevice(id),
        new Command.DeclineInvitation(1),
        new Command.SetInvitationPolicy(InvitationPolicy.EVERYBODY),
        new Command.Invite(1_000_000, 1_000_000));
  }

  /** What is about accounts, one's own and others'. */
  private static List<Command> ofAccounts(String text) {
    return List.of(
        new Command.ChangeName(filled(text, 512)),
        new Command.GetSecondFactor(),
        new Command.SetSecondFactor(
            filled(text, 1_024), new byte[64], filled(text, 64), filled(text, 64)),
        new Command.RemoveSecondFactor(filled(text, 1_024), filled(text, 64)),
        new Command.Accounts(filled(text, 4_096), filled(text, 512), 200),
        new Command.AdministerAccount(1, AccountAction.DELETE, filled(text, 512)),
        new Command.DevicesOf(1),
        new Command.InviteToResetPassword(1),
        new Command.Announce(filled(text, 4_096)));
  }

  /** As often the same as so many bytes hold. */
  static String filled(String text, int bytes) {
    return text.repeat(bytes / text.getBytes(StandardCharsets.UTF_8).length);
  }
}
