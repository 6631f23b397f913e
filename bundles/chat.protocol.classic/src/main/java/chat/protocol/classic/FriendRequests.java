// SPDX-License-Identifier: Apache-2.0
package chat.protocol.classic;

import chat.protocol.Command;
import chat.protocol.ContactAction;
import chat.protocol.Profile;
import chat.protocol.Relation;
import chat.protocol.Reply;

/** 9: becoming friends, which needs a yes of both. */
final class FriendRequests {
  /** Of a request that the other one made first, as earlier builds remember it too. */
  private static final String INCOMING = "WANTED";

  private FriendRequests() {}

  static void begin(AdapterCall turn, Request.Befriend befriend) {
    turn.ask(Task.FIND_FRIEND);
  }

  static Command find(AdapterCall turn) {
    return new Command.GetProfile(
        0, turn.request() instanceof Request.Befriend befriend ? befriend.friend() : "");
  }

  static void found(AdapterCall turn, Reply reply) {
    if (!(reply instanceof Reply.ProfileFound(Profile profile))) {
      answer(turn, Frames.of("903"));
      return;
    }
    long account = profile.person().account();
    if (account == turn.memory().number("self")) {
      answer(turn, Frames.of("904"));
      return;
    }
    if (profile.relation() == Relation.FRIEND) {
      answer(turn, Frames.of("902"));
      return;
    }
    turn.memory().number("request.person", account);
    turn.memory().text("request.name", profile.person().name());
    turn.memory().text("request.relation", profile.relation() == Relation.INCOMING ? INCOMING : "");
    turn.ask(Task.APPROACH);
  }

  private static void answer(AdapterCall turn, byte[] frame) {
    turn.send(frame);
    turn.done();
  }

  static Command approach(AdapterCall turn) {
    return new Command.UpdateContact(turn.memory().number("request.person"), ContactAction.REQUEST);
  }

  static void approached(AdapterCall turn, Reply reply) {
    Memory memory = turn.memory();
    String name = FieldText.name(memory.text("request.name"));
    if (!(reply instanceof Reply.Done)) {
      turn.notice("The server did not pass your request on to " + name + ".");
      answer(turn, Frames.of("904"));
    } else if (memory.text("request.relation").equals(INCOMING)) {
      memory.<String>map("friends").put(memory.number("request.person"), name);
      answer(turn, Frames.of("901", name));
    } else {
      turn.notice(name + " was asked. You are friends once " + name + " says yes.");
      turn.done();
    }
  }

  /** Whether the request in work says yes to this person, and will be answered itself. */
  static boolean isAccepting(Memory memory, long account) {
    return memory.task() == Task.APPROACH
        && memory.number("request.person") == account
        && memory.text("request.relation").equals(INCOMING);
  }
}
