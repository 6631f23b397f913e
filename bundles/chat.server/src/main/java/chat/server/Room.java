package chat.server;

import chat.protocol.Event;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A room as it is in memory: who belongs to it, who listens, what was said last. */
final class Room {
  /** The room that everybody enters. */
  static final long LOBBY = 1;

  private static final int FORM = 1;

  /** What is stored of a room. */
  record Settings(String name, String topic) {
    byte[] bytes() {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try (DataOutputStream out = new DataOutputStream(bytes)) {
        out.writeByte(FORM);
        out.writeUTF(name);
        out.writeUTF(topic);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return bytes.toByteArray();
    }

    static Settings of(byte[] bytes) throws IOException {
      try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
        if (in.readByte() != FORM) {
          throw new IOException("a room of an unknown form");
        }
        return new Settings(in.readUTF(), in.readUTF());
      }
    }
  }

  private final long id;
  private final Settings settings;
  private final Tail tail;
  private final Set<Long> members = ConcurrentHashMap.newKeySet();
  private final Set<Feed> feeds = ConcurrentHashMap.newKeySet();
  private boolean news;

  Room(long id, Settings settings, long head) {
    this.id = id;
    this.settings = settings;
    this.tail = new Tail(head);
  }

  long id() {
    return id;
  }

  Settings settings() {
    return settings;
  }

  Tail tail() {
    return tail;
  }

  /** The accounts that may read and write here. */
  Set<Long> members() {
    return members;
  }

  /** The sessions that want to hear what happens here. */
  Set<Feed> feeds() {
    return feeds;
  }

  /** An entry is on disk. Only on the journal's thread. */
  void add(Event.Entry entry) {
    tail.add(entry);
    news = true;
  }

  /** Lets everybody hear what was added. Only on the journal's thread. */
  void announce() {
    if (news) {
      news = false;
      feeds.forEach(Feed::advance);
    }
  }
}
