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
          .add(0x06, Command.Enter.class)
          .add(0x07, Command.Post.class)
          .add(0x08, Command.History.class)
          .add(0x09, Command.Files.class)
          .add(0x0a, Command.People.class)
          .add(0x0b, Command.Offer.class)
          .add(0x0c, Command.Chunk.class)
          .add(0x0d, Command.Withdraw.class)
          .add(0x0e, Command.Fetch.class)
          .add(0x0f, Command.Ping.class);

  static final Types SERVER_MESSAGES =
      new Types()
          .add(0x101, Reply.Welcome.class)
          .add(0x102, Reply.LoggedIn.class)
          .add(0x103, Reply.Entered.class)
          .add(0x104, Reply.Posted.class)
          .add(0x105, Reply.Page.class)
          .add(0x106, Reply.PeoplePage.class)
          .add(0x107, Reply.Offered.class)
          .add(0x108, Reply.Received.class)
          .add(0x109, Reply.Data.class)
          .add(0x10a, Reply.Done.class)
          .add(0x10b, Reply.Failed.class)
          .add(0x201, Event.Entry.class)
          .add(0x202, Event.Gap.class)
          .add(0x203, Event.Presence.class)
          .add(0x204, Event.Leaving.class)
          .add(0x205, Event.Restarted.class)
          .add(0x206, Event.LoggedOut.class);

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
