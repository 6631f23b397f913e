// SPDX-License-Identifier: Apache-2.0
package chat.protocol.classic;

import chat.protocol.Command;
import chat.protocol.Contact;
import chat.protocol.NegotiatedProtocol;
import chat.protocol.Person;
import chat.protocol.Problem;
import chat.protocol.Relation;
import chat.protocol.Reply;
import chat.protocol.RoomKind;
import chat.protocol.RoomView;
import chat.protocol.classic.Memory.Phase;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** 1 and 2: logging in and registering. */
final class LoginRequests {
  static final int PASSWORD_MIN = 6;
  private static final int PASSWORD_MAX = 16;
  private static final String DEVICE = "classic";

  private LoginRequests() {}

  static Command hello(AdapterCall turn) {
    return new Command.Hello(NegotiatedProtocol.VERSION, List.of(), DEVICE, "");
  }

  static void welcomed(AdapterCall turn, Reply reply) {
    if (reply instanceof Reply.Welcome welcome) {
      turn.memory().number("chunk", Math.clamp(welcome.limits().chunk(), 1, 32 << 10));
      turn.memory().number("page", Math.clamp(welcome.limits().page(), 1, 200));
    }
    turn.done();
  }

  static void begin(AdapterCall turn, Request.LogIn logIn) {
    turn.ask(Task.LOG_IN);
  }

  static Command logIn(AdapterCall turn) {
    return turn.request() instanceof Request.LogIn(String name, String password)
        ? new Command.LogIn(name, password, DEVICE)
        : new Command.Ping();
  }

  static void loggedIn(AdapterCall turn, Reply reply) {
    switch (reply) {
      case Reply.LoggedIn(Person self, byte[] token, _) -> {
        turn.memory().number("self", self.account());
        turn.ask(Task.ENTER);
      }
      case Reply.Failed(Problem problem, String detail, long retryAfter) -> {
        switch (problem) {
          case OUT_OF_PLACE -> turn.ask(Task.LOG_OUT_FIRST);
          case PASSWORD_WRONG -> answer(turn, Frames.exact("102"));
          case TOO_MANY, CODE_REQUIRED -> {
            turn.report("a log-in was refused: " + problem + ", " + detail);
            answer(turn, Frames.exact("102"));
          }
          case ACCOUNT_UNKNOWN -> answer(turn, Frames.exact("103"));
          case NOT_ALLOWED -> answer(turn, Frames.exact("104"));
          default -> answer(turn, Frames.of("900"));
        }
      }
      default -> answer(turn, Frames.of("900"));
    }
  }

  private static void answer(AdapterCall turn, byte[] frame) {
    turn.send(frame);
    turn.done();
  }

  static Command logOut(AdapterCall turn) {
    return new Command.LogOut();
  }

  static void loggedOutFirst(AdapterCall turn, Reply reply) {
    if (reply instanceof Reply.Done) {
      turn.ask(Task.LOG_IN);
    } else {
      answer(turn, Frames.of("900"));
    }
  }

  static Command enter(AdapterCall turn) {
    return new Command.Sync(List.of(), 0, 0);
  }

  static void entered(AdapterCall turn, Reply reply) {
    if (!(reply instanceof Reply.Synced entered)) {
      answer(turn, Frames.of("900"));
      return;
    }
    Memory memory = turn.memory();
    if (turn.request() instanceof Request.LogIn logIn) {
      memory.text("name", logIn.name());
    }
    memory.replace("here", PushedEvents.names(entered.online()));
    Map<Long, Long> directs = memory.map("directs");
    for (RoomView room : entered.rooms()) {
      if (room.info().kind() == RoomKind.DIRECT) {
        directs.put(room.room(), room.info().peer().account());
      }
    }
    listFriends(memory, entered);
    memory.phase(Phase.FILLING);
    answer(turn, Frames.exact("101"));
  }

  /** Friends first, then who asks, who was asked, and with whom there is a room of two. */
  private static void listFriends(Memory memory, Reply.Synced entered) {
    Set<Long> blocked = new HashSet<>();
    for (Relation relation : List.of(Relation.FRIEND, Relation.INCOMING, Relation.OUTGOING)) {
      for (Contact contact : entered.contacts()) {
        Person person = contact.person();
        if (contact.blocked()) {
          blocked.add(person.account());
        } else if (contact.relation() == relation) {
          FriendRequests.list(memory, person.account(), person.name());
          if (relation == Relation.INCOMING) {
            memory.<Long>set("wanted").add(person.account());
            memory.<String>map("asking").put(person.account(), person.name());
          }
        }
      }
    }
    for (RoomView room : entered.rooms()) {
      Person peer = room.info().peer();
      if (room.info().kind() == RoomKind.DIRECT && !blocked.contains(peer.account())) {
        FriendRequests.list(memory, peer.account(), peer.name());
      }
    }
  }

  static void begin(AdapterCall turn, Request.Register register) {
    if (isGood(register.password())) {
      turn.ask(Task.REGISTER);
    } else {
      answer(turn, Frames.exact("202"));
    }
  }

  /** The client's own rule: 6 to 16 letters and digits, both of them. */
  private static boolean isGood(String password) {
    int length = password.codePointCount(0, password.length());
    return length >= PASSWORD_MIN
        && length <= PASSWORD_MAX
        && password.codePoints().allMatch(Character::isLetterOrDigit)
        && password.codePoints().anyMatch(Character::isLetter)
        && password.codePoints().anyMatch(Character::isDigit);
  }

  static Command register(AdapterCall turn) {
    return turn.request() instanceof Request.Register(String name, String password)
        ? new Command.Register(name, password, DEVICE, "")
        : new Command.Ping();
  }

  static void registered(AdapterCall turn, Reply reply) {
    boolean again = turn.memory().number("request.again") > 0;
    switch (reply) {
      case Reply.LoggedIn in -> turn.ask(Task.LEAVE);
      case Reply.Failed failed when failed.problem() == Problem.OUT_OF_PLACE ->
          turn.ask(Task.LEAVE);
      case Reply.Failed failed when failed.problem() == Problem.NAME_TAKEN && again ->
          turn.ask(Task.PROVE);
      case Reply.Failed(Problem problem, String detail, long retryAfter) -> {
        turn.report("a registration was refused: " + problem + ", " + detail);
        answer(turn, Frames.exact("202"));
      }
      default -> answer(turn, Frames.exact("202"));
    }
  }

  static Command prove(AdapterCall turn) {
    return turn.request() instanceof Request.Register(String name, String password)
        ? new Command.LogIn(name, password, DEVICE)
        : new Command.Ping();
  }

  static void proved(AdapterCall turn, Reply reply) {
    if (reply instanceof Reply.LoggedIn) {
      turn.ask(Task.LEAVE);
    } else {
      answer(turn, Frames.exact("202"));
    }
  }

  static void left(AdapterCall turn, Reply reply) {
    answer(turn, Frames.exact("201"));
  }
}
