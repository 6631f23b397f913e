// SPDX-License-Identifier: Apache-2.0
package chat.protocol.classic;

import chat.protocol.Command;
import chat.protocol.Overture;
import chat.protocol.Profile;
import chat.protocol.Relation;
import chat.protocol.Reply;

/** 9: becoming friends, which needs a yes of both. */
final class Friends {
  private Friends() {}

  static void begin(Turn turn, Request.Befriend befriend) {
    turn.ask(Task.FIND_FRIEND);
  }

  static Command find(Turn turn) {
    return new Command.Who(
        0, turn.request() instanceof Request.Befriend befriend ? befriend.friend() : "");
  }

  static void found(Turn turn, Reply reply) {
    if (!(reply instanceof Reply.Profiled(Profile profile))) {
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
    turn.memory().text("request.relation", profile.relation().name());
    turn.ask(Task.APPROACH);
  }

  private static void answer(Turn turn, byte[] frame) {
    turn.send(frame);
    turn.done();
  }

  static Command approach(Turn turn) {
    return new Command.Approach(turn.memory().number("request.person"), Overture.REQUEST);
  }

  static void approached(Turn turn, Reply reply) {
    Memory memory = turn.memory();
    String name = Wording.name(memory.text("request.name"));
    if (!(reply instanceof Reply.Done)) {
      turn.notice("The server did not pass your request on to " + name + ".");
      answer(turn, Frames.of("904"));
    } else if (memory.text("request.relation").equals(Relation.WANTED.name())) {
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
        && memory.text("request.relation").equals(Relation.WANTED.name());
  }
}
