package chat.desktop.model;

import chat.client.ClientEvent.Refusal;
import chat.client.ClientEvent.Transfer;
import chat.protocol.Event;
import chat.protocol.Person;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One thing to see in a transcript. */
public sealed interface Row {

  /** UTC milliseconds. */
  long time();

  /** A text that is in its room. */
  record Said(Event.Entry entry, String text, boolean own) implements Row {
    @Override
    public long time() {
      return entry.time();
    }
  }

  /** A file that is in its room. */
  record Filed(Event.Entry entry, chat.protocol.Content.File file, boolean own) implements Row {
    @Override
    public long time() {
      return entry.time();
    }
  }

  /** A line that nobody said: somebody came, something is no more. */
  record Notice(Kind kind, Person about, long time) implements Row {
    /** What it tells. */
    public enum Kind {
      CAME,
      WENT,
      JOINED,
      LEFT,
      ERASED,
      DAMAGED
    }
  }

  /** Something of our own that is not in its room yet. */
  sealed interface Outgoing extends Row {
    UUID id();
  }

  /** An own text on its way; {@code refused} if it will not go on by itself. */
  record Unsent(UUID id, String text, @Nullable Refusal refused, long time) implements Outgoing {}

  /** An own file on its way. */
  record Sending(Transfer transfer, long time) implements Outgoing {
    @Override
    public UUID id() {
      return transfer.id();
    }
  }

  /** Whose it is; null if it is nobody's, and an own row if it is not in its room yet. */
  default @Nullable Person author() {
    return switch (this) {
      case Said said -> said.entry().author();
      case Filed filed -> filed.entry().author();
      case Notice _, Outgoing _ -> null;
    };
  }

  /** Whether it stands at the side of the own ones. */
  default boolean mine() {
    return switch (this) {
      case Said said -> said.own();
      case Filed filed -> filed.own();
      case Outgoing _ -> true;
      case Notice _ -> false;
    };
  }
}
