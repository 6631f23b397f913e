// SPDX-License-Identifier: Apache-2.0
package chat.protocol.classic;

import chat.protocol.Command;
import chat.protocol.Problem;
import chat.protocol.Reply;
import chat.protocol.RoomInfo;
import java.util.Map;

/** 3 and 6: saying something, to the room or to one person. */
final class MessageRequests {
  private MessageRequests() {}

  static void begin(AdapterCall turn, Request.Say say) {
    turn.ask(say.receiver().isEmpty() ? Task.POST : Task.FIND_RECEIVER);
  }

  private static Request.Say say(AdapterCall turn) {
    return turn.request() instanceof Request.Say say ? say : new Request.Say("", false, "");
  }

  /** As everybody else says it: the client ends each text with a line feed of its own. */
  private static String text(Request.Say say) {
    String text = FieldText.text(say.text());
    String bare = text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
    return Emoji.pictures(bare);
  }

  static Command post(AdapterCall turn) {
    return new Command.Post(turn.id("text"), RoomInfo.LOBBY, text(say(turn)));
  }

  static void posted(AdapterCall turn, Reply reply) {
    if (reply instanceof Reply.Posted) {
      turn.done();
    } else {
      refused(turn, reply);
    }
  }

  private static void refused(AdapterCall turn, Reply reply) {
    turn.notice("Your message was not sent: " + why(reply));
    if (say(turn).emoji()) {
      turn.send(Frames.of("602"));
    }
    turn.done();
  }

  private static String why(Reply reply) {
    Problem problem = reply instanceof Reply.Failed failed ? failed.problem() : Problem.INTERNAL;
    return switch (problem) {
      case TEXT_EMPTY -> "it is empty.";
      case TOO_LARGE -> "it is too long.";
      case TOO_MANY -> "too many messages; wait a moment.";
      case NOT_ALLOWED, ROOM_UNKNOWN -> "you may not write there.";
      default -> "the server could not take it.";
    };
  }

  static Command findReceiver(AdapterCall turn) {
    return new Command.GetProfile(0, say(turn).receiver());
  }

  static void receiverFound(AdapterCall turn, Reply reply) {
    if (!(reply instanceof Reply.ProfileFound(var profile))
        || profile.person().account() == turn.memory().number("self")) {
      turn.send(Frames.of("903"));
      turn.done();
      return;
    }
    long account = profile.person().account();
    turn.memory().number("request.person", account);
    for (Map.Entry<Long, Long> room : turn.memory().<Long>map("directs").entrySet()) {
      if (room.getValue() == account) {
        turn.memory().number("request.room", room.getKey());
        turn.ask(Task.POST_PRIVATELY);
        return;
      }
    }
    turn.ask(Task.MEET);
  }

  static Command meet(AdapterCall turn) {
    return new Command.Direct(turn.id("room"), turn.memory().number("request.person"));
  }

  static void met(AdapterCall turn, Reply reply) {
    if (reply instanceof Reply.Posted posted) {
      turn.memory().number("request.room", posted.room());
      turn.ask(Task.POST_PRIVATELY);
    } else {
      refused(turn, reply);
    }
  }

  static Command postPrivately(AdapterCall turn) {
    return new Command.Post(turn.id("text"), turn.memory().number("request.room"), text(say(turn)));
  }

  static void postedPrivately(AdapterCall turn, Reply reply) {
    if (!(reply instanceof Reply.Posted)) {
      refused(turn, reply);
      return;
    }
    Map<Long, String> here = turn.memory().map("here");
    if (!here.containsKey(turn.memory().number("request.person"))) {
      turn.send(Frames.of("304", FieldText.name(say(turn).receiver())));
    }
    turn.done();
  }
}
