// SPDX-License-Identifier: Apache-2.0
package chat.storage.memory;

import chat.storage.Envelope;
import chat.storage.Row;
import chat.storage.memory.MemoryDisk.KeptEntry;
import chat.storage.memory.MemoryDisk.Place;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads rows under the disk's read lock and says which of them are damaged. */
final class Pages {
  private final MemoryDisk disk;

  Pages(MemoryDisk disk) {
    this.disk = disk;
  }

  List<Row> after(long stream, long number, int limit) {
    List<Row> rows = new ArrayList<>();
    long head = head(stream);
    for (long next = Math.max(number, 0); next < head && rows.size() < limit; ) {
      rows.add(row(new Place(stream, ++next)));
    }
    return rows;
  }

  List<Row> before(long stream, long number, int limit) {
    List<Row> rows = new ArrayList<>();
    for (long next = below(stream, number); next >= 1 && rows.size() < limit; next--) {
      rows.add(row(new Place(stream, next)));
    }
    return rows;
  }

  List<Row> before(long stream, int kind, long number, int limit) {
    return before(stream, number, limit, kept -> kept.envelope().kind() == kind);
  }

  List<Row> search(long stream, Collection<Long> tokens, long before, int limit) {
    return before(stream, before, limit, kept -> kept.tokens().containsAll(tokens));
  }

  private List<Row> before(long stream, long number, int limit, Predicate<KeptEntry> wanted) {
    List<Row> rows = new ArrayList<>();
    for (long next = below(stream, number); next >= 1 && rows.size() < limit; next--) {
      KeptEntry kept = disk.row(new Place(stream, next));
      if (kept != null && wanted.test(kept)) {
        rows.add(row(new Place(stream, next)));
      }
    }
    return rows;
  }

  List<Row> about(long stream, long first, long last, long after, int limit) {
    return above(stream, after)
        .filter(kept -> kept.envelope().about() >= Math.max(1, first))
        .filter(kept -> kept.envelope().about() <= last)
        .limit(limit)
        .map(kept -> row(new Place(stream, kept.envelope().number())))
        .toList();
  }

  int count(long stream, Set<Integer> kinds, long notBy, long after, int limit) {
    return (int)
        above(stream, after)
            .filter(kept -> kept.bodyChecksum() != null)
            .filter(kept -> kinds.contains(kept.envelope().kind()))
            .filter(kept -> kept.envelope().author() != notBy)
            .limit(limit)
            .count();
  }

  /** What is there with numbers greater than this one, ascending. */
  private Stream<KeptEntry> above(long stream, long number) {
    return LongStream.range(Math.max(number, 0), head(stream))
        .mapToObj(before -> disk.row(new Place(stream, before + 1)))
        .flatMap(Stream::ofNullable);
  }

  Row row(Place place) {
    KeptEntry kept = disk.row(place);
    String damage = damage(kept);
    if (kept == null || damage != null) {
      return new Row.Damaged(place.stream(), place.number(), String.valueOf(damage));
    }
    byte[] body = kept.body();
    return new Row.Entry(kept.envelope(), body == null ? null : body.clone(), kept.tokens());
  }

  private static @Nullable String damage(@Nullable KeptEntry kept) {
    if (kept == null) {
      return "the row is missing";
    }
    if (kept.envelope().checksum() != kept.checksum()) {
      return "the envelope does not fit its checksum";
    }
    byte[] body = kept.body();
    Integer checksum = kept.bodyChecksum();
    boolean fits =
        body == null
            ? checksum == null
            : checksum != null && checksum == Envelope.checksum(body, kept.tokens());
    return fits ? null : "body or tokens do not fit their checksum";
  }

  private long head(long stream) {
    MemoryDisk.Stream found = disk.streams.get(stream);
    return found == null ? 0 : found.rows.size();
  }

  private long below(long stream, long number) {
    long head = head(stream);
    return number > head ? head : Math.max(number, 1) - 1;
  }
}
