// SPDX-License-Identifier: Apache-2.0
package chat.protocol;

import java.util.List;
import java.util.UUID;

/**
 * What a client asks for. Each command gets exactly one {@link Reply}, not necessarily in the order
 * in which the commands were sent; at most {@link Limits#outstanding} may be unanswered.
 *
 * <p>A command that changes something carries an id chosen at random by the client. Sent again with
 * the same content it gets the same answer and changes nothing; this is how a client settles what
 * it has no answer for.
 */
public sealed interface Command {

  /**
   * A command that appends an entry to a room. Its id is chosen at random; sent again under the
   * same id it is answered as before and happens once. Answered by {@link Reply.Posted}.
   */
  sealed interface Append extends Command {
    /** Unique together with the account. */
    UUID id();
  }

  /**
   * A command that sets something to what it says: sent again it changes nothing. Answered by
   * {@link Reply.Done}.
   */
  sealed interface Update extends Command {}

  /** What people do to their own account. */
  sealed interface OwnAccount extends Command {}

  /** What owners of the server do for its people, and to them. */
  sealed interface Administration extends Command {}

  /** First word of a connection. Answered by {@link Reply.Welcome}. */
  record Hello(
      @Max(1_000_000) int version,
      @Max(value = 64, each = 256) List<String> capabilities,
      @Max(256) String client,
      @Max(256) String language)
      implements Command {
    public Hello {
      capabilities = List.copyOf(capabilities);
    }
  }

  /**
   * Makes an account and logs in to it. Answered by {@link Reply.LoggedIn}.
   *
   * @param invitation empty where registration is open
   */
  record Register(
      @Max(512) String name,
      @Max(1_024) String password,
      @Max(1_024) String device,
      @Max(256) String invitation)
      implements Command {}

  /**
   * Logs in. Answered by {@link Reply.LoggedIn}.
   *
   * @param earlierToken of an earlier log-in of this device to this account, if there was one, good
   *     or not any more: attempts of a known device are counted by themselves; empty if none
   * @param code of the second factor; empty to hear whether there is one
   */
  record LogIn(
      @Max(512) String name,
      @Max(1_024) String password,
      @Max(1_024) String device,
      @Max(64) byte[] earlierToken,
      @Max(64) String code)
      implements Command {
    /** From a device that has no earlier token, to an account without a second factor. */
    public LogIn(String name, String password, String device) {
      this(name, password, device, new byte[0], "");
    }
  }

  /** Logs in with the token of an earlier log-in. Answered by {@link Reply.LoggedIn}. */
  record Resume(@Max(64) byte[] token) implements Command {}

  /**
   * Ends the session on every connection that uses its token, and makes the token worthless.
   * Answered by {@link Reply.Done}.
   */
  record LogOut() implements Command {}

  /**
   * Asks for all that fills the window, and for events from then on. Answered by {@link
   * Reply.Synced}.
   *
   * @param cursors what the client has; a room without a cursor is shown from its newest entries
   * @param messages how many of the newest entries of a room to show, 0 to {@link Limits#page}
   * @param files how many of the newest files of a room to show, 0 to {@link Limits#page}
   * @param availability as for {@link SetPresence}
   */
  record Sync(
      @Max(10_000) List<Cursor> cursors,
      @Max(100_000) int messages,
      @Max(100_000) int files,
      Availability availability)
      implements Command {
    public Sync {
      cursors = List.copyOf(cursors);
    }

    /** Of a device that is simply online. */
    public Sync(List<Cursor> cursors, int messages, int files) {
      this(cursors, messages, files, Availability.ONLINE);
    }
  }

  /**
   * Says something in a room. Answered by {@link Reply.Posted} once it is on disk.
   *
   * @param reply the number of the entry that is answered; 0 for none
   */
  record Post(UUID id, long room, @Max(65_536) String text, long reply, boolean important)
      implements Append {

    /** Just a text. */
    public Post(UUID id, long room, String text) {
      this(id, room, text, 0, false);
    }
  }

  /**
   * Asks for entries before or after a number; 0 with {@link Direction#BEFORE} means the newest.
   * Answered by {@link Reply.Page}, always in ascending order.
   */
  record History(long room, Direction direction, long number, @Max(100_000) int limit)
      implements Command {}

  /** Asks for the newest files before a number, 0 for the newest of all. Answered by a Page. */
  record Files(long room, long before, @Max(100_000) int limit) implements Command {}

  /**
   * Asks for the members of a room whose names come after {@code after}. Answered by {@link
   * Reply.PeoplePage}.
   */
  record People(long room, @Max(512) String after, @Max(100_000) int limit) implements Command {}

  /**
   * Announces a file. Answered by {@link Reply.UploadStarted} with the offset to go on from, or by
   * {@link Reply.Posted} if the file is there already. An unfinished upload is kept for 24 hours.
   *
   * @param sha256 of the whole content, 32 bytes; empty if it is not known before, then the entry
   *     gets the hash of what arrived
   */
  record StartUpload(
      UUID id,
      long room,
      @Max(4_096) String name,
      @Max(1_024) String mediaType,
      long size,
      @Max(64) byte[] sha256)
      implements Command {}

  /**
   * Carries a part of an announced file, at most {@link Limits#chunk} bytes, in order. Answered by
   * {@link Reply.UploadProgress}, the last one by {@link Reply.Posted}.
   */
  record UploadChunk(UUID id, long offset, @Max(65_536) byte[] bytes) implements Command {}

  /** Gives up an upload. Answered by {@link Reply.Done}. */
  record CancelUpload(UUID id) implements Command {}

  /** Asks for a part of the file that stands at a number of a room. Answered by a Data. */
  record Download(long room, long number, long offset, @Max(1_048_576) int length)
      implements Command {}

  /** Changes an own text. Answered by {@link Reply.Posted}. */
  record Edit(UUID id, Cursor target, @Max(65_536) String text) implements Append {}

  /** Erases a message with all its versions, for everybody. Answered by {@link Reply.Posted}. */
  record Delete(UUID id, Cursor target) implements Append {}

  /** Puts a reaction to a message, or takes it away. Answered by {@link Reply.Posted}. */
  record React(UUID id, Cursor target, @Max(256) String emoji, boolean on) implements Append {}

  /** Pins a message, or unpins it. Answered by {@link Reply.Posted}. */
  record Pin(UUID id, Cursor target, boolean on) implements Append {}

  /** Says or sends again, in another room, what stands there. Answered by {@link Reply.Posted}. */
  record Forward(UUID id, Cursor target, long room) implements Append {}

  /**
   * Asks for entries that hold all of these words, the newest first. Answered by {@link
   * Reply.Found}.
   *
   * @param words words, "phrases", {@code from:NAME}, {@code in:ROOM}, {@code before:DATE}, {@code
   *     after:DATE}, {@code has:file}, {@code has:link}
   * @param from what {@link Reply.Found#next} said; empty for the newest of every room
   */
  record Search(
      @Max(16_384) String words, @Max(10_000) List<Position> from, @Max(100_000) int limit)
      implements Command {
    public Search {
      from = List.copyOf(from);
    }
  }

  /** Asks for one room, as Sync for all, and its events from then on. Answered by Opened. */
  record Open(long room, @Max(100_000) int messages, @Max(100_000) int files) implements Command {}

  /** Asks for the public rooms whose names come after {@code after} and hold these words. */
  record Rooms(@Max(4_096) String words, @Max(1_024) String after, @Max(100_000) int limit)
      implements Command {}

  /** Makes a room, the author its owner. Answered by {@link Reply.Posted}. */
  record Create(UUID id, RoomKind kind, @Max(1_024) String name, @Max(4_096) String topic)
      implements Append {}

  /** Asks for the room of two, which is made if there is none. Answered by {@link Reply.Posted}. */
  record Direct(UUID id, long account) implements Append {}

  /**
   * Becomes a member of a public room, or of one to which there is an invitation. Answered by
   * {@link Reply.Posted}.
   */
  record Join(UUID id, long room) implements Append {}

  /** Takes an invitation to a room away, unseen by those who are there. Answered by Done. */
  record DeclineInvitation(long room) implements Update {}

  /** Ceases to be a member. Answered by {@link Reply.Posted}. */
  record Leave(UUID id, long room) implements Append {}

  /** Changes some of a room's settings. Answered by {@link Reply.Posted}. */
  record SetRoom(UUID id, long room, @Keys({2, 3, 4, 5}) RoomSettings.Change change)
      implements Append {}

  /**
   * Does something to somebody in a room. Answered by {@link Reply.Posted}.
   *
   * @param until UTC milliseconds for {@link ModerationAction#BAN} and {@link
   *     ModerationAction#MUTE}; {@link Long#MAX_VALUE} for ever
   */
  record Moderate(UUID id, long room, long account, ModerationAction action, long until)
      implements Append {}

  /**
   * Says up to which number this device has a room, and up to which it was read. Answered by Done.
   *
   * @param unread whether {@code read} may go back; others go on seeing the mark they were told
   */
  record MarkRead(long room, long received, long read, boolean unread) implements Update {
    public MarkRead(long room, long received, long read) {
      this(room, received, read, false);
    }
  }

  /** Turns the notices of a room off, or on again. Answered by Done. */
  record MuteNotifications(long room, boolean silent) implements Update {}

  /** Keeps what was begun; empty to forget it. Answered by Done. */
  record Draft(long room, @Max(65_536) String text) implements Update {}

  /** Says that one is writing; told in rooms of at most 200, not kept. Answered by Done. */
  record Typing(long room) implements Update {}

  /** Asks somebody to be friends, answers that, or blocks somebody. Answered by Done. */
  record UpdateContact(long account, ContactAction action) implements Update {}

  /** Asks for somebody by account, or by name if that is 0. Answered by ProfileFound. */
  record GetProfile(long account, @Max(512) String name) implements Command {}

  /** Says whose invitations to rooms one takes. Answered by Done. */
  record SetInvitationPolicy(InvitationPolicy policy) implements Update {}

  /** Changes what is said of oneself. Answered by Done. */
  record SetProfile(
      @Max(512) String display,
      @Max(1_024) String status,
      @Max(16_384) String about,
      boolean showSeen,
      boolean showRead)
      implements Update {}

  /**
   * Brings a part of a picture, in order. Answered by {@link Reply.UploadProgress}, the last part
   * by Done. A picture of size 0 takes the last one away.
   *
   * @param room whose picture it is; 0 for the own one
   * @param size of the whole picture, at most {@link Limits#PICTURE}
   */
  record SetPicture(
      long room, @Max(1_048_576) int size, @Max(1_048_576) int offset, @Max(65_536) byte[] bytes)
      implements Command {}

  /** Asks for a part of somebody's picture, or of a room's if the account is 0. */
  record Picture(long account, long room, @Max(1_048_576) int offset, @Max(1_048_576) int length)
      implements Command {}

  /** Sets the availability of this device, which goes at once if it is leaving. Not kept. */
  record SetPresence(Availability availability, boolean leaving) implements Update {
    public SetPresence(Availability availability) {
      this(availability, false);
    }
  }

  /** Ends the account for good: all its texts and files are erased, its name is free. */
  record DeleteAccount(@Max(1_024) String password) implements OwnAccount, Update {}

  /** Makes an invitation to the server. Answered by {@link Reply.Invited}. */
  record Invite(@Max(1_000_000) int uses, @Max(1_000_000) int days) implements Command {}

  /**
   * Replaces the password, and ends all sessions of the account but this one. Answered by Done; so
   * is the same command once more.
   */
  record ChangePassword(@Max(1_024) String current, @Max(1_024) String next)
      implements OwnAccount, Update {}

  /** Asks for the devices of this account. Answered by {@link Reply.DeviceList}. */
  record Devices() implements OwnAccount {}

  /** Gives the own account another name. Answered by Done. */
  record ChangeName(@Max(512) String name) implements Update {}

  /** Asks whether this account has a second factor. Answered by {@link Reply.SecondFactor}. */
  record GetSecondFactor() implements OwnAccount {}

  /**
   * Sets or replaces the second factor of this account: from then on a log-in takes a code too.
   * Answered by {@link Reply.RecoveryCodes}.
   *
   * @param secret chosen at random by the client, 16 to 64 bytes
   * @param code for this secret and now (RFC 6238: SHA-1, 30 seconds, six digits)
   * @param current a code of the second factor that is replaced; empty if there is none
   */
  record SetSecondFactor(
      @Max(1_024) String password,
      @Max(64) byte[] secret,
      @Max(64) String code,
      @Max(64) String current)
      implements OwnAccount {}

  /** Takes the second factor away. Answered by Done, also if there is none. */
  record RemoveSecondFactor(@Max(1_024) String password, @Max(64) String code)
      implements OwnAccount, Update {}

  /** Asks for accounts, as {@link Rooms} for rooms. Answered by {@link Reply.AccountPage}. */
  record Accounts(@Max(4_096) String words, @Max(512) String after, @Max(100_000) int limit)
      implements Administration {}

  /**
   * Does something to an account; the name is for {@link AccountAction#RENAME}. Answered by Done.
   * The last owner can't be suspended, demoted or deleted.
   */
  record AdministerAccount(long account, AccountAction action, @Max(512) String name)
      implements Administration, Update {}

  /** Asks for the devices of an account. Answered by {@link Reply.DeviceList}. */
  record DevicesOf(long account) implements Administration {}

  /** Makes a code to set a new password, once. Answered by {@link Reply.Invited}. */
  record InviteToResetPassword(long account) implements Administration {}

  /** Tells everybody something from now on; empty takes it back. Answered by Done. */
  record Announce(@Max(4_096) String text) implements Administration, Update {}

  /**
   * Ends the session of a device, on every connection. Answered by Done, also if there is none any
   * more.
   *
   * @param device the id of a {@link Device}; of this one it is as {@link LogOut}
   */
  record EndDevice(UUID device) implements OwnAccount, Update {}

  /** Ends the sessions of all devices but this one. Answered by Done. */
  record EndOtherDevices() implements OwnAccount, Update {}

  /**
   * Sets a new password with a code from the operator, and logs in; all other sessions end.
   * Answered by {@link Reply.LoggedIn}.
   *
   * @param code of a {@link PasswordReset}
   * @param secondFactor as the code of {@link LogIn}
   */
  record ResetPassword(
      @Max(256) String code,
      @Max(1_024) String password,
      @Max(1_024) String device,
      @Max(64) String secondFactor)
      implements Command {}

  /** Asks for a sign of life. Answered by {@link Reply.Done}. */
  record Ping() implements Command {}

  /** Which way to read. */
  enum Direction {
    BEFORE,
    AFTER
  }
}
