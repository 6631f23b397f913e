package chat.storage.memory;

import chat.storage.Envelope;
import chat.storage.Row;
import chat.storage.memory.MemoryDisk.KeptEntry;
import chat.storage.memory.MemoryDisk.Place;
import chat.storage.memory.MemoryDisk.Stream;
import java.util.ArrayList;
import java.util.List;
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
    List<Row> rows = new ArrayList<>();
    for (long next = below(stream, number); next >= 1 && rows.size() < limit; next--) {
      KeptEntry kept = disk.row(new Place(stream, next));
      if (kept != null && kept.envelope().kind() == kind) {
        rows.add(row(new Place(stream, next)));
      }
    }
    return rows;
  }

  Row row(Place place) {
    KeptEntry kept = disk.row(place);
    String damage = damage(kept);
    if (kept == null || damage != null) {
      return new Row.Damaged(place.stream(), place.number(), String.valueOf(damage));
    }
    byte[] body = kept.body();
    return new Row.Entry(kept.envelope(), body == null ? null : body.clone());
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
        body == null ? checksum == null : checksum != null && checksum == Envelope.checksum(body);
    return fits ? null : "the body does not fit its checksum";
  }

  private long head(long stream) {
    Stream found = disk.streams.get(stream);
    return found == null ? 0 : found.rows.size();
  }

  private long below(long stream, long number) {
    long head = head(stream);
    return number > head ? head : Math.max(number, 1) - 1;
  }
}
