// SPDX-License-Identifier: Apache-2.0
package chat.server.command.message;

import chat.protocol.Command;
import chat.protocol.Content;
import chat.protocol.Event;
import chat.protocol.Limits;
import chat.protocol.Person;
import chat.protocol.Position;
import chat.protocol.Problem;
import chat.protocol.Reply;
import chat.protocol.RoomKind;
import chat.server.base.Refusal;
import chat.server.base.Seals;
import chat.server.base.Tokens;
import chat.server.base.text.Texts;
import chat.server.command.AccessGuard;
import chat.server.command.Request;
import chat.server.room.Directory;
import chat.server.room.EntryCodec;
import chat.server.room.EntryPage;
import chat.server.room.Room;
import chat.server.room.RoomQueries;
import chat.server.session.RateLimits;
import chat.server.store.StoreAccess;
import chat.storage.ChatStore;
import chat.storage.Row;
import chat.storage.StorageException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Finding what was said, in every room that somebody may read.
 *
 * <p>The store knows the words of an entry as tokens alone. What has all tokens is opened and
 * compared with what is really looked for: that decides. A text counts as it reads now; it stands
 * where it was changed last. What was not looked through yet within one answer is gone on with from
 * the positions that it names.
 */
public record SearchHandler(
    AccessGuard guard,
    RoomQueries queries,
    StoreAccess access,
    Directory directory,
    Seals seals,
    SearchQueue queue,
    Limits limits) {
  /** A search that takes longer answers what it has, and from where it goes on. */
  private static final long BUDGET_NANOS = 25_000_000;

  private static final int WORDS = 1_000;
  private static final int OPENED = 4_000;
  private static final long ANSWER_BYTES = 512 << 10;

  /** What was found. */
  private record Hit(long room, long number, long time, Event.Entry entry) {}

  /** What was found in a room, and where to go on; 0 if there is nothing further down. */
  private record Hits(List<Hit> hits, long next) {}

  public void search(Request request, Command.Search search) throws Refusal {
    int limit = Math.clamp(search.limit(), 1, limits.page());
    SearchQuery query;
    try {
      query = SearchQuery.of(search.words().substring(0, Math.min(WORDS, search.words().length())));
    } catch (IllegalArgumentException e) {
      throw Refusal.invalid(Problem.SEARCH_INVALID, String.valueOf(e.getMessage()));
    }
    if (search.from().isEmpty()) {
      guard.checkRate(request, RateLimits.Kind.SEARCH);
    } // what goes on costs no more of the rate: only one is at work for an account at a time
    queue.submit(request, () -> answer(request, search, query, limit));
  }

  private void answer(Request request, Command.Search search, SearchQuery query, int limit)
      throws StorageException {
    Map<Long, Long> from =
        search.from().stream()
            .collect(Collectors.toMap(Position::room, Position::before, (a, b) -> b));
    List<Room> rooms =
        directory.rooms().of(request.accountId()).stream()
            .filter(room -> from.isEmpty() || from.containsKey(room.id()))
            .filter(room ->
                query.in().isEmpty() || query.in().contains(name(room, request.accountId())))
            .toList();
    Map<Long, Hits> found = new HashMap<>();
    int opened = Math.max(ChatStore.MAX_ROWS, OPENED / Math.max(1, rooms.size()));
    long deadline = System.nanoTime() + BUDGET_NANOS;
    for (Room room : rooms) {
      long before = from.getOrDefault(room.id(), 0L);
      Effort effort = new Effort(limit, opened, deadline);
      found.put(
          room.id(),
          found.isEmpty() || !effort.isOver()
              ? hits(room, query, before == 0 ? Long.MAX_VALUE : before, effort)
              : new Hits(List.of(), before == 0 ? Long.MAX_VALUE : before));
    }
    List<Hit> hits =
        found.values().stream()
            .flatMap(each -> each.hits().stream())
            .sorted(
                Comparator.comparingLong(Hit::time)
                    .reversed()
                    .thenComparing(Comparator.comparingLong(Hit::number).reversed()))
            .limit(limit)
            .filter(hit -> directory.rooms().of(request.accountId(), hit.room()) != null)
            .toList();
    while (true) {
      Map<Long, List<Hit>> byRoom =
          hits.stream()
              .collect(Collectors.groupingBy(Hit::room, TreeMap::new, Collectors.toList()));
      Optional<List<Event.Entry>> about = about(byRoom);
      if (about.isPresent()) {
        request.answer(
            new Reply.Found(
                hits.stream().map(Hit::entry).toList(), about.get(), next(found, byRoom, from)));
        return;
      }
      hits = hits.subList(0, hits.size() / 2);
    }
  }

  /** What was said about these; empty if one answer has no place for it. */
  private Optional<List<Event.Entry>> about(Map<Long, List<Hit>> byRoom) throws StorageException {
    List<EntryPage> all = new ArrayList<>();
    for (Map.Entry<Long, List<Hit>> each : byRoom.entrySet()) {
      List<Event.Entry> entries = each.getValue().stream().map(Hit::entry).toList();
      Optional<EntryPage> shown = queries.shown(each.getKey(), entries);
      if (shown.isEmpty()) {
        return Optional.empty();
      }
      all.add(shown.get());
      if (all.size() > 1 && all.stream().mapToLong(EntryPage::weight).sum() > ANSWER_BYTES) {
        return Optional.empty();
      }
    }
    return Optional.of(all.stream().flatMap(shown -> shown.about().stream()).toList());
  }

  private String name(Room room, long viewer) {
    return Tokens.fold(
        room.kind() == RoomKind.DIRECT
            ? directory.accounts().person(room.peerOf(viewer)).name()
            : room.settings().name());
  }

  private static List<Position> next(
      Map<Long, Hits> found, Map<Long, List<Hit>> shown, Map<Long, Long> from) {
    List<Position> next = new ArrayList<>();
    found.forEach((room, hits) -> {
      List<Hit> taken = shown.getOrDefault(room, List.of());
      if (taken.size() < hits.hits().size()) {
        long last = taken.isEmpty() ? from.getOrDefault(room, 0L) : taken.getLast().number();
        next.add(new Position(room, last));
      } else if (hits.next() > 0) {
        next.add(new Position(room, hits.next()));
      }
    });
    return next;
  }

  /**
   * How much is done in one room for one answer.
   *
   * @param deadline by {@link System#nanoTime}
   */
  private record Effort(int hits, int opened, long deadline) {
    boolean isOver() {
      return System.nanoTime() - deadline >= 0;
    }
  }

  /** The newest hits of a room before a number. */
  private Hits hits(Room room, SearchQuery query, long before, Effort effort)
      throws StorageException {
    List<Hit> hits = new ArrayList<>();
    int opened = 0;
    long from = before;
    while (true) {
      Candidates page = candidates(room.id(), query, from);
      for (Row row : page.rows()) {
        from = row.number();
        opened++;
        Optional<Hit> hit = row instanceof Row.Entry entry ? hit(entry, query) : Optional.empty();
        hit.ifPresent(hits::add);
        if (hits.size() == effort.hits() || opened >= effort.opened() || effort.isOver()) {
          return new Hits(hits, from > 1 ? from : 0);
        }
      }
      if (!page.more()) {
        return new Hits(hits, 0);
      }
    }
  }

  /** What may be a hit, descending. */
  private record Candidates(List<Row> rows, boolean more) {}

  private Candidates candidates(long room, SearchQuery query, long before) throws StorageException {
    List<List<String>> alternatives = query.alternatives();
    if (alternatives.isEmpty()) {
      List<Row> rows =
          access.read((store, generation) -> store.before(room, before, ChatStore.MAX_ROWS));
      return new Candidates(rows, rows.size() == ChatStore.MAX_ROWS);
    }
    long floor = 0;
    Map<Long, Row> all = new TreeMap<>(Comparator.reverseOrder());
    for (List<String> words : alternatives) {
      List<Row> rows = with(room, words, before);
      floor = Math.max(floor, floor(rows));
      rows.forEach(row -> all.put(row.number(), row));
    }
    long lowest = floor;
    all.keySet().removeIf(number -> number < lowest);
    return new Candidates(List.copyOf(all.values()), lowest > 0);
  }

  /** Below this number there may be more that was not read. */
  private static long floor(List<Row> rows) {
    return rows.size() < ChatStore.MAX_ROWS ? 0 : rows.getLast().number();
  }

  private List<Row> with(long room, List<String> words, long before) throws StorageException {
    List<Long> tokens = words.stream().map(word -> seals.token(room, word)).distinct().toList();
    return access.read(
        (store, generation) -> store.search(room, tokens, before, ChatStore.MAX_ROWS));
  }

  private Optional<Hit> hit(Row.Entry row, SearchQuery query) throws StorageException {
    long room = row.envelope().stream();
    int kind = row.envelope().kind();
    if (row.body() == null
        || !fits(row.envelope().author(), query)
        || !(kind == EntryCodec.EDITED || RoomQueries.MESSAGES.contains(kind))) {
      return Optional.empty();
    }
    Event.Entry opened = queries.entries().open(row);
    if (!query.fits(opened.time())) {
      return Optional.empty();
    }
    boolean fits =
        switch (opened.content()) {
          case Content.Text said -> fits(said.text(), query);
          case Content.Edited edited -> fits(edited.text(), query);
          case Content.File file -> !query.link() && query.fits(file.name());
          default -> false;
        };
    if (!fits) {
      return Optional.empty();
    }
    long message = kind == EntryCodec.EDITED ? row.envelope().about() : row.number();
    if (kind != EntryCodec.FILE && queries.isChanged(room, message, row.number())) {
      return Optional.empty();
    }
    Optional<Row.Entry> entry = queries.entry(room, message);
    return entry.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Hit(
                room, row.number(), row.envelope().time(), queries.entries().open(entry.get())));
  }

  private static boolean fits(String text, SearchQuery query) {
    return !query.file() && (!query.link() || Texts.hasLink(text)) && query.fits(text);
  }

  private boolean fits(long author, SearchQuery query) {
    if (query.from().isEmpty()) {
      return true;
    }
    Person person = directory.accounts().person(author);
    return query.from().contains(Tokens.fold(person.name()))
        || query.from().contains(Tokens.fold(person.display()));
  }
}
