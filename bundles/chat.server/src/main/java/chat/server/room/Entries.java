// SPDX-License-Identifier: Apache-2.0
package chat.server.room;

import chat.protocol.Content;
import chat.protocol.Event;
import chat.protocol.Person;
import chat.server.base.SealException;
import chat.server.base.Seals;
import chat.storage.Envelope;
import chat.storage.Row;
import chat.storage.StorageException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens what the store has into what clients see. */
public record Entries(Seals seals, Accounts accounts, EntryStamps stamps) {
  private static final Logger LOG = LoggerFactory.getLogger(Entries.class);
  private static final UUID NO_ID = new UUID(0, 0);

  public List<Event.Entry> openAll(List<Row> rows) throws StorageException {
    List<Event.Entry> opened = new ArrayList<>(rows.size());
    for (Row row : rows) {
      opened.add(open(row));
    }
    return opened;
  }

  public Event.Entry open(Row row) throws StorageException {
    return switch (row) {
      case Row.Damaged(long stream, long number, String what) -> {
        LOG.error("Entry {} of room {} is damaged: {}", number, stream, what);
        yield new Event.Entry(stream, number, NO_ID, new Person(0, ""), 0, new Content.Damaged());
      }
      case Row.Entry entry -> {
        Envelope envelope = entry.envelope();
        byte[] sealed = entry.body();
        yield !isOurs(envelope)
            ? shown(envelope, envelope.time(), new Content.Damaged())
            : sealed == null
                ? shown(envelope, envelope.time(), new Content.Erased(envelope.about()))
                : open(envelope, sealed);
      }
    };
  }

  /** Whether an envelope is as it was when its entry was committed; says so if it is not. */
  boolean isOurs(Envelope at) throws StorageException {
    boolean holds = stamps.holds(at);
    if (!holds) {
      seals
          .integrity()
          .leftOut(
              "entry " + at.number() + " of room " + at.stream(),
              new SealException("its number, time, author or target was changed"));
    }
    return holds;
  }

  private Event.Entry open(Envelope at, byte[] sealed) {
    try {
      byte[] body = body(at, sealed);
      long said = EntryCodec.said(at.kind(), body);
      return shown(
          at,
          said == 0 ? at.time() : Math.min(said, at.time()),
          EntryCodec.content(at.kind(), at.about(), body, accounts));
    } catch (SealException | IOException e) {
      seals.integrity().leftOut("entry " + at.number() + " of room " + at.stream(), e);
      return shown(at, at.time(), new Content.Damaged());
    }
  }

  private Event.Entry shown(Envelope at, long time, Content content) {
    return new Event.Entry(
        at.stream(), at.number(), at.id(), accounts.person(at.author()), time, content);
  }

  /** The clear body of an entry that was not erased. */
  public byte[] body(Row.Entry entry) throws SealException, StorageException {
    byte[] sealed = entry.body();
    if (!isOurs(entry.envelope())) {
      throw new SealException("entry " + entry.number() + " was changed");
    }
    if (sealed == null) {
      throw new SealException("entry " + entry.number() + " was erased");
    }
    return body(entry.envelope(), sealed);
  }

  /** The clear body of an entry. */
  byte[] body(Envelope envelope, byte[] sealed) throws SealException {
    return seals.openBody(
        envelope.stream(),
        envelope.id(),
        envelope.kind(),
        envelope.author(),
        envelope.about(),
        sealed);
  }
}
