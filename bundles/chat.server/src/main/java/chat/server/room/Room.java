// SPDX-License-Identifier: Apache-2.0
package chat.server.room;

import chat.protocol.Event;
import chat.protocol.Rank;
import chat.protocol.RoomKind;
import chat.protocol.RoomSettings;
import chat.server.base.BinaryCodec;
import chat.server.base.CellKind;
import chat.server.base.Tokens;
import chat.server.base.text.NameRule;
import java.io.IOException;
import java.util.HashSet;
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

    /** These were added just now; whoever is level with the room takes them in one piece. */
    void advance(SharedBlock news);

    /** Something of the room that is not kept; not for who did it. */
    void tell(long author, SharedEvent event);
  }

  /** Name and topic, folded once instead of for everybody who looks for rooms. */
  public record FoldedTexts(String name, String topic) {
    /** Some characters fold into eighteen. */
    private static final int KEPT = 1_000;

    static FoldedTexts of(RoomSettings settings) {
      return new FoldedTexts(Tokens.fold(settings.name()), cut(Tokens.fold(settings.topic())));
    }

    private static String cut(String folded) {
      return folded.substring(0, Math.min(KEPT, folded.length()));
    }

    /** Whether the name or the topic holds this. */
    public boolean contains(String words) {
      return name.contains(words) || topic.contains(words);
    }
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
  private volatile Versioned<StoredRoom> stored;
  private volatile FoldedTexts folded;

  /** Null until somebody wants a name for another room: what it takes is loaded late. */
  private volatile @Nullable Set<String> titles;

  private boolean news;

  /**
   * @param touched hears, on the journal's thread, that there is something to announce
   */
  Room(long id, Versioned<StoredRoom> stored, long head, Consumer<Room> touched) {
    this.id = id;
    this.stored = stored;
    this.folded = FoldedTexts.of(stored.value().settings());
    this.tail = new Tail(head);
    this.touched = touched;
  }

  public long id() {
    return id;
  }

  /** What is stored of it, with its version. */
  public Versioned<StoredRoom> stored() {
    return stored;
  }

  public void store(Versioned<StoredRoom> next) {
    stored = next;
    folded = FoldedTexts.of(next.value().settings());
    titles = null;
  }

  /** By these its name is told from that of another room. */
  public Set<String> titles() {
    Set<String> known = titles;
    if (known == null) {
      known = titles(settings().name());
      titles = known;
    }
    return known;
  }

  /** What a name is, folded, and what it looks like. */
  public static Set<String> titles(String name) {
    Set<String> all = new HashSet<>(NameRule.skeletons(name));
    all.add(Tokens.fold(name));
    return all;
  }

  /** Name and topic in the form in which they are looked for. */
  public FoldedTexts folded() {
    return folded;
  }

  public RoomKind kind() {
    return stored.value().kind();
  }

  public RoomSettings settings() {
    return stored.value().settings();
  }

  /** The other one in a direct room; 0 in any other. */
  public long peerOf(long account) {
    return stored.value().peerOf(account);
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

  /** When somebody became a member, in UTC milliseconds; -1 if it is none. */
  public long memberSince(long account) {
    Versioned<Membership> member = member(account);
    return member == null ? -1 : member.value().since();
  }

  /** What somebody is here; who runs the server owns its public rooms. */
  public Rank rank(Account account) {
    Versioned<Membership> member = member(account.id());
    if (member == null) {
      return Rank.MEMBER;
    }
    Rank own = member.value().rank();
    if (kind() != RoomKind.PUBLIC) {
      return own;
    }
    if (ServerRight.OWN_PUBLIC_ROOMS.isOf(account)) {
      return Rank.OWNER;
    }
    return own == Rank.MEMBER && ServerRight.MODERATE_PUBLIC_ROOMS.isOf(account)
        ? Rank.MODERATOR
        : own;
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

  /** A cell of somebody here has another version with the same content. */
  void rewritten(CellKind kind, long account, long version) {
    switch (kind) {
      case MEMBER ->
          members.computeIfPresent(account, (a, now) -> new Versioned<>(now.value(), version));
      case BAN -> bans.computeIfPresent(account, (a, now) -> new Versioned<>(now.value(), version));
      default -> seats.computeIfPresent(account, (a, now) -> new Versioned<>(now.value(), version));
    }
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
    SharedBlock block = tail.announce();
    if (block == null) {
      subscribers.forEach(Subscriber::advance);
    } else {
      subscribers.forEach(subscriber -> subscriber.advance(block));
    }
  }
}
