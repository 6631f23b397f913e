// SPDX-License-Identifier: Apache-2.0
package chat.protocol;

import java.util.List;
import java.util.UUID;

/** The answer to one {@link Command}. */
public sealed interface Reply extends ServerMessage {

  /**
   * Answers Hello.
   *
   * @param version the highest version both sides speak
   * @param capabilities those of the client's that the server has too
   * @param server its name and version, for people
   * @param registration whether anybody may register
   */
  record Welcome(
      int version, List<String> capabilities, Limits limits, String server, boolean registration)
      implements Reply {
    public Welcome {
      capabilities = List.copyOf(capabilities);
    }
  }

  /**
   * Answers Register, LogIn and Resume.
   *
   * @param token for Resume, 32 bytes; worth as much as the password
   * @param role what the account is to the server
   */
  record LoggedIn(Person self, byte[] token, ServerRole role) implements Reply {}

  /**
   * Answers Sync.
   *
   * @param rooms those the account is a member of
   * @param online who is here, at most 1,000
   * @param statuses of those of them who are not simply online
   * @param contacts everybody with whom there is something
   * @param invitations to rooms, not answered yet
   */
  record Synced(
      List<RoomView> rooms,
      List<Person> online,
      List<PresenceStatus> statuses,
      List<Contact> contacts,
      List<RoomInvitation> invitations)
      implements Reply {
    public Synced {
      rooms = List.copyOf(rooms);
      online = List.copyOf(online);
      statuses = List.copyOf(statuses);
      contacts = List.copyOf(contacts);
      invitations = List.copyOf(invitations);
    }
  }

  /** The entry is on disk, with this number and time (UTC milliseconds). */
  record Posted(UUID id, long room, long number, long time) implements Reply {}

  /**
   * Answers History and Files.
   *
   * @param first the lowest number the room has
   * @param head the highest number the room has
   * @param entries ascending
   * @param about what was said later about them, ascending
   */
  record Page(long room, long first, long head, List<Event.Entry> entries, List<Event.Entry> about)
      implements Reply {
    public Page {
      entries = List.copyOf(entries);
      about = List.copyOf(about);
    }
  }

  /** Answers People; {@code more} if there are further names. */
  record PeoplePage(List<Member> people, boolean more) implements Reply {
    public PeoplePage {
      people = List.copyOf(people);
    }
  }

  /**
   * Send the file from this offset on. What has arrived may be asked for again, at most the last
   * {@link Limits#AGAIN} bytes.
   */
  record UploadStarted(UUID id, long offset) implements Reply {}

  /** All bytes before this offset have arrived. */
  record UploadProgress(UUID id, long offset) implements Reply {}

  /** Bytes of a file; fewer than asked for at its end. */
  record Data(long offset, byte[] bytes) implements Reply {}

  /** Answers Open. */
  record Opened(RoomView room) implements Reply {}

  /** Answers Rooms; {@code more} if there are further ones. */
  record RoomsPage(List<RoomInfo> rooms, boolean more) implements Reply {
    public RoomsPage {
      rooms = List.copyOf(rooms);
    }
  }

  /**
   * Answers Search.
   *
   * @param entries the newest first
   * @param about what was said later about them
   * @param next where to go on, for the next Search; empty if there is nothing more
   */
  record Found(List<Event.Entry> entries, List<Event.Entry> about, List<Position> next)
      implements Reply {
    public Found {
      entries = List.copyOf(entries);
      about = List.copyOf(about);
      next = List.copyOf(next);
    }
  }

  /** Answers GetProfile. */
  record ProfileFound(Profile profile) implements Reply {}

  /**
   * Answers Invite and InviteToResetPassword; the client makes the link, it knows the way to the
   * server.
   */
  record Invited(String code) implements Reply {}

  /**
   * Answers GetSecondFactor.
   *
   * @param on whether a log-in takes a code
   * @param recoveryCodes how many are left
   */
  record SecondFactor(boolean on, int recoveryCodes) implements Reply {}

  /**
   * Answers SetSecondFactor. Each code is good for one log-in without the authenticator; they are
   * told this once.
   */
  record RecoveryCodes(List<String> codes) implements Reply {
    public RecoveryCodes {
      codes = List.copyOf(codes);
    }
  }

  /** Answers Accounts, in the order of names; {@code more} if there are further ones. */
  record AccountPage(List<AccountInfo> accounts, boolean more) implements Reply {
    public AccountPage {
      accounts = List.copyOf(accounts);
    }
  }

  /**
   * Answers Devices and DevicesOf.
   *
   * @param devices the last used first, at most {@link Limits#page}
   */
  record DeviceList(List<Device> devices) implements Reply {
    public DeviceList {
      devices = List.copyOf(devices);
    }
  }

  /** It is done, and there is nothing to say about it. */
  record Done() implements Reply {}

  /**
   * It was not done.
   *
   * @param detail for a developer's eyes; programs look at the problem
   * @param retryAfter milliseconds after which trying again makes sense; 0 if it does not
   */
  record Failed(Problem problem, String detail, long retryAfter) implements Reply {
    public Failed(Problem problem, String detail) {
      this(problem, detail, 0);
    }
  }
}
