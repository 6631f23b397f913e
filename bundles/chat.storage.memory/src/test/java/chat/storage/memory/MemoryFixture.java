// SPDX-License-Identifier: Apache-2.0
package chat.storage.memory;

import chat.storage.CellKey;
import chat.storage.ChatStore;
import chat.storage.Envelope;
import chat.storage.memory.MemoryDisk.KeptBlob;
import chat.storage.memory.MemoryDisk.KeptCell;
import chat.storage.memory.MemoryDisk.KeptEntry;
import chat.storage.support.CheckedChatStore;
import chat.storage.tck.fixture.Damage;
import chat.storage.tck.fixture.StoreFixture;
import chat.storage.tck.fixture.TestClock;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** A memory disk and the stores that stand on it. */
class MemoryFixture implements StoreFixture {
  final MemoryDisk disk = new MemoryDisk();
  private final TestClock clock;

  MemoryFixture(TestClock clock) {
    this.clock = clock;
  }

  @Override
  public ChatStore open() {
    return new CheckedChatStore(new MemoryChatStore(disk, clock));
  }

  /** The disk has taken all that was acknowledged; an abandoned object holds nothing else. */
  @Override
  public void crash() {}

  @Override
  public AtRest atRest() {
    return new AtRest() {
      @Override
      public boolean holds(byte[] bytes) {
        return MemoryFixture.this.has(bytes);
      }

      @Override
      public boolean holds(long token) {
        return MemoryFixture.this.has(token);
      }
    };
  }

  private boolean has(byte[] bytes) {
    Stream<byte[]> bodies =
        disk.streams.values().stream()
            .flatMap(stream -> stream.rows.stream())
            .filter(row -> row != null && row.body() != null)
            .map(KeptEntry::body);
    Stream<byte[]> blobs =
        disk.blobs.values().stream().flatMap(blob -> Stream.ofNullable(blob.bytes()));
    return Stream.concat(bodies, blobs).anyMatch(each -> indexOf(each, bytes) >= 0);
  }

  private boolean has(long token) {
    return disk.streams.values().stream()
        .flatMap(stream -> stream.rows.stream())
        .anyMatch(row -> row != null && row.tokens().contains(token));
  }

  private static int indexOf(byte[] all, byte[] part) {
    return new String(all, StandardCharsets.ISO_8859_1)
        .indexOf(new String(part, StandardCharsets.ISO_8859_1));
  }

  @Override
  public Object snapshot() {
    Map<Long, List<KeptEntry>> rows = new HashMap<>();
    disk.streams.forEach((number, stream) -> rows.put(number, new ArrayList<>(stream.rows)));
    return List.of(
        String.valueOf(disk.state),
        rows,
        Map.copyOf(disk.spaces),
        Map.copyOf(disk.staged),
        Map.copyOf(disk.blobs));
  }

  @Override
  public Set<Class<? extends Damage>> damages() {
    return Set.of(
        Damage.BodyBit.class,
        Damage.TokenBit.class,
        Damage.EnvelopeBit.class,
        Damage.BodyLost.class,
        Damage.RowLost.class,
        Damage.CellBit.class,
        Damage.BlobCut.class,
        Damage.BlobLost.class);
  }

  @Override
  public void inflict(Damage damage) {
    switch (damage) {
      case Damage.BodyBit(long stream, long number) ->
          change(
              stream,
              number,
              row -> {
                byte[] body = row.body().clone();
                body[0] ^= 4;
                return new KeptEntry(
                    row.envelope(), row.checksum(), body, row.tokens(), row.bodyChecksum());
              });
      case Damage.TokenBit(long stream, long number) ->
          change(
              stream,
              number,
              row -> {
                List<Long> tokens = new ArrayList<>(row.tokens());
                tokens.set(0, tokens.getFirst() ^ 4);
                return new KeptEntry(
                    row.envelope(), row.checksum(), row.body(), tokens, row.bodyChecksum());
              });
      case Damage.EnvelopeBit(long stream, long number) ->
          change(
              stream,
              number,
              row -> {
                Envelope good = row.envelope();
                Envelope bad =
                    new Envelope(
                        good.stream(),
                        good.number(),
                        good.id(),
                        good.kind(),
                        good.author(),
                        good.time() ^ 64,
                        good.length(),
                        good.hash(),
                        good.about());
                return new KeptEntry(
                    bad, row.checksum(), row.body(), row.tokens(), row.bodyChecksum());
              });
      case Damage.BodyLost(long stream, long number) ->
          change(
              stream,
              number,
              row ->
                  new KeptEntry(
                      row.envelope(), row.checksum(), null, row.tokens(), row.bodyChecksum()));
      case Damage.RowLost(long stream, long number) -> change(stream, number, row -> null);
      case Damage.CellBit(CellKey key) -> {
        KeptCell cell = disk.cell(key);
        byte[] value = cell.value().clone();
        value[0] ^= 1;
        disk.spaces
            .get(key.space())
            .put(key.key(), new KeptCell(cell.version(), value, cell.checksum()));
      }
      case Damage.BlobCut(UUID blob) -> disk.blobs.put(blob, new KeptBlob(100, new byte[99]));
      case Damage.BlobLost(UUID blob) -> disk.blobs.put(blob, new KeptBlob(100, null));
    }
  }

  private void change(long stream, long number, UnaryOperator<KeptEntry> change) {
    disk.streams
        .get(stream)
        .rows
        .replaceAll(
            row -> row != null && row.envelope().number() == number ? change.apply(row) : row);
  }

  @Override
  public void close() {}
}
