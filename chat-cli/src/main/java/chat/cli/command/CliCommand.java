// SPDX-License-Identifier: Apache-2.0
package chat.cli.command;

import chat.export.Export.Form;
import chat.protocol.ContactAction;
import chat.protocol.InvitationPolicy;
import chat.protocol.ModerationAction;
import chat.protocol.RoomKind;
import chat.protocol.RoomSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is to be done. A room is named by its name, by {@code #} and its number, or by {@code @} and
 * a person's name: then it is the room of two with that person.
 */
public sealed interface CliCommand {

  /**
   * Says something.
   *
   * @param reply the number of the message that is answered; 0 for none
   */
  record Send(String room, What what, long reply, boolean important, boolean verbose)
      implements CliCommand {}

  /** Shows what was said. */
  record Read(String room, int last, boolean follow, boolean json) implements CliCommand {}

  /** Finds what was said. */
  record Search(String words, int most, boolean json) implements CliCommand {}

  /** Writes a room into a folder. */
  record ExportRoom(String room, Path folder, Set<Form> forms, boolean files)
      implements CliCommand {}

  /** What to send. */
  sealed interface What {}

  /** What is written out. */
  sealed interface Written extends What {}

  record Text(String text) implements Written {}

  /** Standard input: as one text, or each line as one. */
  record Input(boolean lines) implements Written {}

  record Attachment(Path file) implements What {}

  /** {@code room}. */
  sealed interface OfRooms extends CliCommand {}

  record OwnRooms(boolean json) implements OfRooms {}

  record PublicRooms(String words, boolean json) implements OfRooms {}

  record CreateRoom(String name, RoomKind kind, String topic) implements OfRooms {}

  record JoinRoom(String name) implements OfRooms {}

  /** Takes an invitation to a room away. */
  record DeclineInvitation(String name) implements OfRooms {}

  record LeaveRoom(String room) implements OfRooms {}

  /** What is not given stays as it is. */
  record SetRoom(String room, RoomSettings.Change change) implements OfRooms {}

  record Members(String room, boolean json) implements OfRooms {}

  /**
   * Does something to somebody.
   *
   * @param time for how long, where the action has an end; null for ever
   */
  record Moderate(String room, String person, ModerationAction action, @Nullable Duration time)
      implements OfRooms {}

  /** Without a file there is none any more. */
  record SetRoomPicture(String room, @Nullable Path file) implements OfRooms {}

  /** Turns the notices of a room off, or on again. */
  record MuteNotifications(String room, boolean silent) implements OfRooms {}

  /** Everything in a room was read. */
  record MarkRead(String room) implements OfRooms {}

  /** {@code friend}. */
  sealed interface OfFriends extends CliCommand {}

  record Friends(boolean json) implements OfFriends {}

  record UpdateContact(String person, ContactAction action) implements OfFriends {}

  /** {@code profile}. */
  sealed interface OfProfiles extends CliCommand {}

  /** Somebody's; the own one if the name is empty. */
  record ShowProfile(String person, boolean json) implements OfProfiles {}

  /** What is not given stays as it is. */
  record SetProfile(
      @Nullable String display,
      @Nullable String status,
      @Nullable String about,
      @Nullable Boolean showSeen,
      @Nullable Boolean showRead,
      @Nullable InvitationPolicy invitations)
      implements OfProfiles {
    /** Changes nothing. */
    public static final SetProfile NOTHING = new SetProfile(null, null, null, null, null, null);
  }

  /** Without a file there is none any more. */
  record SetPicture(@Nullable Path file) implements OfProfiles {}

  /** {@code message}: something is done to what stands at a number of a room. */
  sealed interface OfMessages extends CliCommand {
    String room();

    long number();
  }

  record Edit(String room, long number, Written what) implements OfMessages {}

  record Delete(String room, long number) implements OfMessages {}

  record React(String room, long number, String emoji, boolean on) implements OfMessages {}

  record Pin(String room, long number, boolean on) implements OfMessages {}

  record Forward(String room, long number, String to) implements OfMessages {}

  /**
   * Sets a new password with a code from the operator.
   *
   * @param next its first line is the new password
   */
  record ResetPassword(String code, Path next) implements CliCommand {}

  /** {@code account}. */
  sealed interface OfAccount extends CliCommand {}

  record ExportAccount(Path folder, boolean files) implements OfAccount {}

  /** Makes a link by which others can register. */
  record Invite(int uses, int days) implements OfAccount {}

  /**
   * Replaces the password.
   *
   * @param next its first line is the new one
   */
  record ChangePassword(Path next) implements OfAccount {}

  /** Gives the account another name. */
  record ChangeName(String name) implements OfAccount {}

  /** {@code account second-factor}. */
  sealed interface OfSecondFactor extends OfAccount {}

  record ShowSecondFactor(boolean json) implements OfSecondFactor {}

  /**
   * Sets one.
   *
   * @param current a code of the one that is there; empty if there is none
   */
  record SetSecondFactor(String current) implements OfSecondFactor {}

  /**
   * Takes it away.
   *
   * @param current a code of it
   */
  record RemoveSecondFactor(String current) implements OfSecondFactor {}

  /** The devices that are logged in to the account. */
  sealed interface OfDevices extends OfAccount {}

  record ListDevices(boolean json) implements OfDevices {}

  /** One is named by the beginning of its id. */
  record EndDevice(String id) implements OfDevices {}

  record EndOtherDevices() implements OfDevices {}

  /**
   * Ends the account for good.
   *
   * @param sure nobody is asked
   */
  record DeleteAccount(boolean sure) implements OfAccount {}
}
