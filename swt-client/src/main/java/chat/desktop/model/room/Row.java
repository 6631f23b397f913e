// SPDX-License-Identifier: Apache-2.0
package chat.desktop.model.room;

import chat.client.ClientEvent;
import chat.client.ClientEvent.Refusal;
import chat.client.ClientEvent.Transfer;
import chat.protocol.Content;
import chat.protocol.Event;
import chat.protocol.Person;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One thing to see in a transcript. */
public sealed interface Row {

  /** UTC milliseconds. */
  long time();

  /** Something that somebody said or sent, as it is shown after all that came later. */
  sealed interface MessageRow extends Row {
    Event.Entry entry();

    MessageState state();

    boolean own();

    /** Who said it first, in another room; empty if nobody did. */
    String forwarded();

    /** What can be read of it in one line. */
    String text();

    @Override
    default long time() {
      return entry().time();
    }
  }

  /** A text that is in its room. */
  record Said(
      Event.Entry entry, Content.Text said, MessageState state, @Nullable Quote quote, boolean own)
      implements MessageRow {
    @Override
    public String text() {
      var edit = state.edit();
      return edit == null ? said.text() : edit.text();
    }

    @Override
    public String forwarded() {
      return said.forwarded();
    }

    /** Whether somebody is named in it. */
    public boolean names(long account) {
      var edit = state.edit();
      List<Long> mentions = edit == null ? said.mentions() : edit.mentions();
      return mentions.contains(account);
    }
  }

  /** A file that is in its room. */
  record Filed(Event.Entry entry, Content.File file, MessageState state, boolean own)
      implements MessageRow {
    @Override
    public String text() {
      return file.name();
    }

    @Override
    public String forwarded() {
      return file.forwarded();
    }
  }

  /** What is left of a message that was deleted. */
  record Deleted(Event.Entry entry, boolean own) implements Row {
    @Override
    public long time() {
      return entry.time();
    }
  }

  /**
   * What is shown of a message above its answer.
   *
   * @param author null if it is not loaded
   * @param text empty if it is not loaded, or deleted
   */
  record Quote(long number, @Nullable Person author, String text) {}

  /**
   * A line that nobody said: somebody has become a member, something is no more.
   *
   * @param entry the number of the entry that tells it
   * @param others of whom the entries right behind it tell the same: a run of them is one line
   * @param open whether the line names them all
   */
  record Notice(Kind kind, Person about, long time, long entry, List<Person> others, boolean open)
      implements Row {
    /** How long after its first one an entry may stand in the line of the same. */
    private static final long TOGETHER_MILLIS = 12 * 3_600_000L;

    public Notice {
      others = List.copyOf(others);
    }

    public Notice(Kind kind, Person about, long time, long entry) {
      this(kind, about, time, entry, List.of(), false);
    }

    /** What it tells. */
    public enum Kind {
      JOINED,
      LEFT,
      GONE,
      DAMAGED
    }

    /** Everybody of whom it tells. */
    public List<Person> people() {
      return Stream.concat(Stream.of(about), others.stream()).toList();
    }

    boolean takes(Row next) {
      return (kind == Kind.JOINED || kind == Kind.LEFT)
          && next instanceof Notice notice
          && notice.kind == kind
          && notice.time - time < TOGETHER_MILLIS;
    }

    Notice with(Notice next) {
      List<Person> all = Stream.concat(others.stream(), next.people().stream()).toList();
      return new Notice(kind, about, time, entry, all, open || next.open);
    }

    Notice turned() {
      return new Notice(kind, about, time, entry, others, !open);
    }

    /** The same rows, where runs of the same are one. */
    static List<Row> folded(List<Row> rows) {
      List<Row> all = new ArrayList<>();
      for (Row row : rows) {
        if (!all.isEmpty()
            && all.getLast() instanceof Notice run
            && row instanceof Notice next
            && run.takes(next)) {
          all.set(all.size() - 1, run.with(next));
        } else {
          all.add(row);
        }
      }
      return all;
    }
  }

  /** Somebody changed the room, or did something to somebody in it. */
  record Managed(Event.Entry entry) implements Row {
    @Override
    public long time() {
      return entry.time();
    }
  }

  /** Something of our own that is not in its room yet. */
  sealed interface Outgoing extends Row {
    UUID id();
  }

  /** An own text on its way; {@code refused} if it will not go on by itself. */
  record Unsent(ClientEvent.Pending pending, @Nullable Quote quote, long time) implements Outgoing {
    @Override
    public UUID id() {
      return pending.id();
    }

    public String text() {
      return pending.text();
    }

    public @Nullable Refusal refused() {
      return pending.refused();
    }
  }

  /** An own file on its way. */
  record Sending(Transfer transfer, long time) implements Outgoing {
    @Override
    public UUID id() {
      return transfer.id();
    }
  }

  /** The number of the entry that it shows; 0 if it shows none. */
  default long place() {
    return switch (this) {
      case MessageRow told -> told.entry().number();
      case Deleted deleted -> deleted.entry().number();
      case Managed managed -> managed.entry().number();
      case Notice notice -> notice.entry();
      case Outgoing _ -> 0;
    };
  }

  /** Its number in the room if it is a message, or was one; else 0. */
  default long number() {
    return switch (this) {
      case MessageRow told -> told.entry().number();
      case Deleted deleted -> deleted.entry().number();
      case Managed _, Notice _, Outgoing _ -> 0;
    };
  }

  /** Whose it is; null if it is nobody's, and an own row if it is not in its room yet. */
  default @Nullable Person author() {
    return switch (this) {
      case MessageRow told -> told.entry().author();
      case Deleted deleted -> deleted.entry().author();
      case Managed _, Notice _, Outgoing _ -> null;
    };
  }

  /** Whether it stands at the side of the own ones. */
  default boolean mine() {
    return switch (this) {
      case MessageRow told -> told.own();
      case Deleted deleted -> deleted.own();
      case Outgoing _ -> true;
      case Managed _, Notice _ -> false;
    };
  }
}
