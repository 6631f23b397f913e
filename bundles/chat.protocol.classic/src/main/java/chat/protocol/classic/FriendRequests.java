// SPDX-License-Identifier: Apache-2.0
package chat.protocol.classic;

import chat.protocol.Command;
import chat.protocol.ContactAction;
import chat.protocol.Person;
import chat.protocol.Profile;
import chat.protocol.Relation;
import chat.protocol.Reply;
import java.util.Map;
import java.util.Set;

/**
 * 9: becoming friends. The client's list is one of people to chat with in private: friends, whom it
 * asked, who asked it, and with whom it has a room. It grows at once, as the original's did; who is
 * in it once stays until the client starts again, because no frame takes anybody out. Being friends
 * needs a yes of both, as for everybody else.
 */
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
    Person person = profile.person();
    Memory memory = turn.memory();
    if (person.account() == memory.number("self")) {
      answer(turn, Frames.of("904"));
      return;
    }
    memory.number("request.person", person.account());
    memory.text("request.name", person.name());
    memory.text("request.relation", profile.relation() == Relation.INCOMING ? INCOMING : "");
    switch (profile.relation()) {
      case FRIEND, OUTGOING -> added(turn);
      case INCOMING, NONE -> turn.ask(Task.APPROACH);
    }
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
      return;
    }
    if (memory.text("request.relation").equals(INCOMING)) {
      turn.notice("You and " + name + " are friends now.");
    }
    added(turn);
  }

  /** Answers as the original did; its list would show twice whom it is told twice. */
  private static void added(AdapterCall turn) {
    Memory memory = turn.memory();
    boolean listed = isListed(memory, memory.number("request.person"));
    String name = list(memory, memory.number("request.person"), memory.text("request.name"));
    answer(turn, listed ? Frames.of("902") : Frames.of("901", name));
  }

  static boolean isListed(Memory memory, long account) {
    return memory.<String>map("friends").containsKey(account);
  }

  /** Puts somebody into the client's list; the name as it is shown there. */
  static String list(Memory memory, long account, String name) {
    String shown = FieldText.name(name);
    memory.<String>map("friends").putIfAbsent(account, shown);
    return shown;
  }

  /** Somebody belongs in the list who is not in it yet: 905, as when the original was added. */
  static void appears(AdapterCall turn, Person person) {
    Memory memory = turn.memory();
    boolean isAsked =
        memory.task() == Task.APPROACH && memory.number("request.person") == person.account();
    if (!isAsked && !isListed(memory, person.account())) {
      turn.send(Frames.of("905", list(memory, person.account(), person.name())));
    }
  }

  /** Somebody asks to be a friend, and is told how to say yes. */
  static void asks(AdapterCall turn, Person person) {
    Set<Long> wanted = turn.memory().set("wanted");
    appears(turn, person);
    if (wanted.add(person.account())) {
      notice(turn, person.name());
    }
  }

  private static void notice(AdapterCall turn, String name) {
    String who = FieldText.name(name);
    turn.notice(who + " wants to be your friend. Add " + who + " to say yes.");
  }

  /** Those who asked while the client was away; they are in its list already. */
  static void catchUp(AdapterCall turn) {
    Map<Long, String> asking = turn.memory().map("asking");
    asking.values().forEach(name -> notice(turn, name));
    asking.clear();
  }
}
