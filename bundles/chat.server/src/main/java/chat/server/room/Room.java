// SPDX-License-Identifier: Apache-2.0
package chat.server.room;

import chat.protocol.Event;
import chat.protocol.Rank;
import chat.protocol.RoomKind;
import chat.server.base.BinaryCodec;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A room as it is in memory: who belongs to it, who listens, what was said last.
 *
 * <p>Settings, memberships and bans carry the version of their cells. A change that relies on one
 * of them names that version, so that it is refused if somebody else was faster.
 *
 * <p><b>Threads.</b> Anybody reads; the journal's thread alone changes.
 */
public final class Room {
  /** The room that everybody enters. */
  public static final long LOBBY = 1;

  /**
   * What is stored of a room.
   *
   * @param one the lower account of a direct room, else 0
   * @param other the higher one
   */
  public record Settings(
      RoomKind kind,
      String name,
      String topic,
      boolean readOnly,
      boolean archived,
      long picture,
      long one,
      long other) {
    private static final int OLD = 1;
    private static final int FORM = 2;

    public static Settings named(RoomKind kind, String name, String topic) {
      return new Settings(kind, name, topic, false, false, 0, 0, 0);
    }

    public static Settings direct(long one, long other) {
      return new Settings(
          RoomKind.DIRECT, "", "", false, false, 0, Math.min(one, other), Math.max(one, other));
    }

    public Settings with(String name, String topic, boolean readOnly, boolean archived) {
      return new Settings(kind, name, topic, readOnly, archived, picture, one, other);
    }

    public Settings withPicture(long picture) {
      return new Settings(kind, name, topic, readOnly, archived, picture, one, other);
    }

    /** The other one in a direct room; 0 in any other. */
    public long peerOf(long account) {
      return account == one ? other : one;
    }

    public byte[] bytes() {
      return BinaryCodec.bytes(out -> {
        out.writeByte(FORM);
        out.writeByte(kind.ordinal());
        out.writeUTF(name);
        out.writeUTF(topic);
        out.writeBoolean(readOnly);
        out.writeBoolean(archived);
        out.writeLong(picture);
        out.writeLong(one);
        out.writeLong(other);
      });
    }

    static Settings of(byte[] bytes) throws IOException {
      return BinaryCodec.read(
          bytes,
          in ->
              switch (in.readByte()) {
                case OLD -> named(RoomKind.PUBLIC, in.readUTF(), in.readUTF());
                case FORM ->
                    new Settings(
                        BinaryCodec.choice(RoomKind.values(), in.readByte()),
                        in.readUTF(),
                        in.readUTF(),
                        in.readBoolean(),
                        in.readBoolean(),
                        in.readLong(),
                        in.readLong(),
                        in.readLong());
                default -> throw new IOException("a room of an unknown form");
              });
    }
  }

  /**
   * Somebody's being a member.
   *
   * @param mutedUntil UTC milliseconds; 0 for not at all
   * @param since UTC milliseconds
   */
  public record Membership(Rank rank, long mutedUntil, long since) {
    private static final int OLD = Long.BYTES;

    public byte[] bytes() {
      return BinaryCodec.bytes(out -> {
        out.writeByte(rank.ordinal());
        out.writeLong(mutedUntil);
        out.writeLong(since);
      });
    }

    static Membership of(byte[] bytes) throws IOException {
      return BinaryCodec.read(
          bytes,
          in ->
              bytes.length == OLD
                  ? new Membership(Rank.MEMBER, 0, in.readLong())
                  : new Membership(
                      BinaryCodec.choice(Rank.values(), in.readByte()),
                      in.readLong(),
                      in.readLong()));
    }
  }

  /** Somebody who wants to hear what happens in a room. May be called from any thread. */
  public interface Subscriber {
    /** There may be more in the room's tail than it has got. */
    void advance();

    /** Something of the room that is not kept; not for who did it. */
    void tell(long author, SharedEvent event);
  }

  /** Something with the version of its cell. */
  public record Versioned<T>(T value, long version) {}

  private static final Versioned<MemberState> EMPTY = new Versioned<>(MemberState.FRESH, 0);

  private final long id;
  private final Tail tail;
  private final Consumer<Room> touched;
  private final ConcurrentMap<Long, Versioned<Membership>> members = new ConcurrentHashMap<>();
  private final ConcurrentMap<Long, Versioned<Long>> bans = new ConcurrentHashMap<>();
  private final ConcurrentMap<Long, Versioned<MemberState>> seats = new ConcurrentHashMap<>();
  private final Set<Subscriber> subscribers = ConcurrentHashMap.newKeySet();
  private volatile Versioned<Settings> settings;
  private boolean news;

  /**
   * @param touched hears, on the journal's thread, that there is something to announce
   */
  Room(long id, Versioned<Settings> settings, long head, Consumer<Room> touched) {
    this.id = id;
    this.settings = settings;
    this.tail = new Tail(head);
    this.touched = touched;
  }

  public long id() {
    return id;
  }

  public Settings settings() {
    return settings.value();
  }

  /** The settings with their version. */
  public Versioned<Settings> known() {
    return settings;
  }

  public void set(Versioned<Settings> next) {
    settings = next;
  }

  public Tail tail() {
    return tail;
  }

  /** Who may read here, by account. Changed by {@link Rooms} alone. */
  public ConcurrentMap<Long, Versioned<Membership>> members() {
    return members;
  }

  public @Nullable Versioned<Membership> member(long account) {
    return members.get(account);
  }

  /** What somebody is here; who runs the server owns its public rooms. */
  public Rank rank(Account account) {
    Versioned<Membership> member = member(account.id());
    if (member == null) {
      return Rank.MEMBER;
    }
    return account.role() != Role.MEMBER && settings().kind() == RoomKind.PUBLIC
        ? Rank.OWNER
        : member.value().rank();
  }

  /** Who may not come back before a time in UTC milliseconds, by account. */
  public Map<Long, Versioned<Long>> bans() {
    return bans;
  }

  /** What the room is to one of its members. */
  public Versioned<MemberState> state(long account) {
    return seats.getOrDefault(account, EMPTY);
  }

  /** Remembers it; it goes when its member goes. */
  public void state(long account, Versioned<MemberState> seat) {
    seats.put(account, seat);
  }

  void removeState(long account) {
    seats.remove(account);
  }

  /** Those who want to hear what happens here. */
  public Set<Subscriber> subscribers() {
    return subscribers;
  }

  /** An entry is on disk. Only on the journal's thread. */
  public void add(Event.Entry entry) {
    tail.add(entry);
    if (!news) {
      news = true;
      touched.accept(this);
    }
  }

  /** Lets everybody hear what was added. Only on the journal's thread. */
  void announce() {
    news = false;
    subscribers.forEach(Subscriber::advance);
  }
}
