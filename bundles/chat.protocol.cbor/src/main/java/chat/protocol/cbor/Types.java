// SPDX-License-Identifier: Apache-2.0
package chat.protocol.cbor;

import chat.protocol.Command;
import chat.protocol.Event;
import chat.protocol.Reply;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The numbers of the messages on the wire. A number is never given to another message. */
final class Types {
  static final int IDLE = 0;

  static final Types COMMANDS =
      new Types()
          .add(0x01, Command.Hello.class)
          .add(0x02, Command.Register.class)
          .add(0x03, Command.LogIn.class)
          .add(0x04, Command.Resume.class)
          .add(0x05, Command.LogOut.class)
          .add(0x06, Command.Sync.class)
          .add(0x07, Command.Post.class)
          .add(0x08, Command.History.class)
          .add(0x09, Command.Files.class)
          .add(0x0a, Command.People.class)
          .add(0x0b, Command.StartUpload.class)
          .add(0x0c, Command.UploadChunk.class)
          .add(0x0d, Command.CancelUpload.class)
          .add(0x0e, Command.Download.class)
          .add(0x0f, Command.Ping.class)
          .add(0x10, Command.Edit.class)
          .add(0x11, Command.Delete.class)
          .add(0x12, Command.React.class)
          .add(0x13, Command.Pin.class)
          .add(0x14, Command.Forward.class)
          .add(0x15, Command.Search.class)
          .add(0x16, Command.Open.class)
          .add(0x17, Command.Rooms.class)
          .add(0x18, Command.Create.class)
          .add(0x19, Command.Direct.class)
          .add(0x1a, Command.Join.class)
          .add(0x1b, Command.Leave.class)
          .add(0x1c, Command.SetRoom.class)
          .add(0x1d, Command.Moderate.class)
          .add(0x1e, Command.MarkRead.class)
          .add(0x1f, Command.MuteNotifications.class)
          .add(0x20, Command.Draft.class)
          .add(0x21, Command.Typing.class)
          .add(0x22, Command.UpdateContact.class)
          .add(0x23, Command.GetProfile.class)
          .add(0x24, Command.SetProfile.class)
          .add(0x25, Command.SetPicture.class)
          .add(0x26, Command.Picture.class)
          .add(0x27, Command.SetPresence.class)
          .add(0x28, Command.DeleteAccount.class)
          .add(0x29, Command.Invite.class)
          .add(0x2a, Command.ChangePassword.class)
          .add(0x2b, Command.Devices.class)
          .add(0x2c, Command.EndDevice.class)
          .add(0x2d, Command.EndOtherDevices.class)
          .add(0x2e, Command.ResetPassword.class)
          .add(0x2f, Command.DeclineInvitation.class)
          .add(0x30, Command.SetInvitationPolicy.class)
          .add(0x31, Command.ChangeName.class)
          .add(0x32, Command.GetSecondFactor.class)
          .add(0x33, Command.SetSecondFactor.class)
          .add(0x34, Command.RemoveSecondFactor.class)
          .add(0x35, Command.Accounts.class)
          .add(0x36, Command.AdministerAccount.class)
          .add(0x37, Command.DevicesOf.class)
          .add(0x38, Command.InviteToResetPassword.class)
          .add(0x39, Command.Announce.class);

  static final Types SERVER_MESSAGES =
      new Types()
          .add(0x101, Reply.Welcome.class)
          .add(0x102, Reply.LoggedIn.class)
          .add(0x103, Reply.Synced.class)
          .add(0x104, Reply.Posted.class)
          .add(0x105, Reply.Page.class)
          .add(0x106, Reply.PeoplePage.class)
          .add(0x107, Reply.UploadStarted.class)
          .add(0x108, Reply.UploadProgress.class)
          .add(0x109, Reply.Data.class)
          .add(0x10a, Reply.Done.class)
          .add(0x10b, Reply.Failed.class)
          .add(0x10c, Reply.Opened.class)
          .add(0x10d, Reply.RoomsPage.class)
          .add(0x10e, Reply.Found.class)
          .add(0x10f, Reply.ProfileFound.class)
          .add(0x110, Reply.Invited.class)
          .add(0x111, Reply.DeviceList.class)
          .add(0x112, Reply.SecondFactor.class)
          .add(0x113, Reply.RecoveryCodes.class)
          .add(0x114, Reply.AccountPage.class)
          .add(0x201, Event.Entry.class)
          .add(0x202, Event.Gap.class)
          .add(0x203, Event.Presence.class)
          .add(0x204, Event.Leaving.class)
          .add(0x205, Event.Restarted.class)
          .add(0x206, Event.LoggedOut.class)
          .add(0x207, Event.RoomChanged.class)
          .add(0x208, Event.RoomGone.class)
          .add(0x209, Event.ContactChanged.class)
          .add(0x20a, Event.ReadMarkChanged.class)
          .add(0x20b, Event.Typing.class)
          .add(0x20c, Event.RoomInvited.class)
          .add(0x20d, Event.RoleChanged.class)
          .add(0x20e, Event.Announced.class);

  private final Map<Integer, RecordType> byNumber = new HashMap<>();
  private final Map<Class<?>, Integer> byClass = new HashMap<>();

  private Types add(int number, Class<? extends Record> type) {
    byNumber.put(number, RecordType.of(type));
    byClass.put(type, number);
    return this;
  }

  /** The number of a message's type. */
  int number(Object message) {
    Integer number = byClass.get(message.getClass());
    if (number == null) {
      throw new IllegalArgumentException("no number for " + message.getClass().getName());
    }
    return number;
  }

  /** How to read and write a type; null if the number is not known. */
  @Nullable RecordType type(int number) {
    return byNumber.get(number);
  }

  /** Every message class that has a number. */
  Set<Class<?>> classes() {
    return byClass.keySet();
  }
}
