// SPDX-License-Identifier: Apache-2.0
package chat.storage.plain;

import chat.storage.ChatStore;
import chat.storage.StorageException;
import chat.storage.plain.Index.Place;
import chat.storage.tck.fixture.Damage;
import chat.storage.tck.fixture.StoreFixture;
import chat.storage.tck.fixture.TestClock;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A folder; a crash is a copy of its files as they are at that moment. */
final class PlainFixture implements StoreFixture {
  private final TestClock clock;
  private final List<ChatStore> opened = new ArrayList<>();
  private Path folder;

  PlainFixture(Path folder, TestClock clock) {
    this.folder = folder;
    this.clock = clock;
  }

  @Override
  public ChatStore open() throws StorageException {
    ChatStore store = PlainChatStore.open(folder, clock);
    opened.add(store);
    return store;
  }

  @Override
  public void crash() throws IOException {
    Path after = folder.resolveSibling(folder.getFileName() + "+");
    Map<Path, byte[]> files = files();
    for (Map.Entry<Path, byte[]> file : files.entrySet()) {
      Path copy = after.resolve(file.getKey());
      Files.createDirectories(copy.getParent());
      Files.write(copy, file.getValue());
    }
    folder = after;
    opened.forEach(ChatStore::close);
    opened.clear();
  }

  private Map<Path, byte[]> files() throws IOException {
    Map<Path, byte[]> files = new TreeMap<>();
    if (Files.exists(folder)) {
      try (Stream<Path> found = Files.walk(folder)) {
        for (Path file : found.filter(Files::isRegularFile).toList()) {
          files.put(folder.relativize(file), Files.readAllBytes(file));
        }
      }
    }
    return files;
  }

  @Override
  public AtRest atRest() throws IOException {
    List<String> files = files().values().stream().map(PlainFixture::text).toList();
    return new AtRest() {
      @Override
      public boolean holds(byte[] bytes) {
        return files.stream().anyMatch(file -> file.contains(text(bytes)));
      }

      @Override
      public boolean holds(long token) {
        return holds(ByteBuffer.allocate(Long.BYTES).putLong(token).array());
      }
    };
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  @Override
  public Object snapshot() throws IOException {
    Map<Path, Integer> snapshot = new TreeMap<>();
    files().forEach((file, bytes) -> snapshot.put(file, Arrays.hashCode(bytes)));
    return snapshot;
  }

  /** A row can't go and leave those behind it standing, so that this is the one damage missing. */
  @Override
  public Set<Class<? extends Damage>> damages() {
    return Set.of(
        Damage.BodyBit.class,
        Damage.TokenBit.class,
        Damage.EnvelopeBit.class,
        Damage.BodyLost.class,
        Damage.CellBit.class,
        Damage.BlobCut.class,
        Damage.BlobLost.class);
  }

  @Override
  public void inflict(Damage damage) throws Exception {
    switch (damage) {
      case Damage.BodyBit(long stream, long number) -> flip(entry(stream, number), -1, 4);
      case Damage.TokenBit(long stream, long number) -> flip(entry(stream, number), 80, 4);
      case Damage.EnvelopeBit(long stream, long number) -> flip(entry(stream, number), 52, 2);
      case Damage.BodyLost(long stream, long number) -> flip(entry(stream, number), 73, 1);
      case Damage.CellBit(var key) -> {
        byte[] value = index().cells.get(key).cell().value();
        byte[] log = Files.readAllBytes(folder.resolve("log"));
        int at = text(log).indexOf(text(value));
        flip(new Place(at, value.length), 0, 1);
      }
      case Damage.BlobCut(var blob) -> {
        Path file = folder.resolve("blobs/" + blob);
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, bytes.length - 1));
      }
      case Damage.BlobLost(var blob) -> Files.delete(folder.resolve("blobs/" + blob));
      case Damage.RowLost lost -> throw new AssertionError(lost);
    }
  }

  private Index index() throws IOException, StorageException {
    try (Log log = new Log(folder)) {
      return log.follow(new Index());
    }
  }

  private Place entry(long stream, long number) throws Exception {
    return index().entry(stream, number).place();
  }

  /** Flips bits of one byte of a record, counted from its end if the number is negative. */
  private void flip(Place place, int number, int bits) throws IOException {
    Path file = folder.resolve("log");
    byte[] log = Files.readAllBytes(file);
    log[(int) place.offset() + (number < 0 ? place.length() + number : number)] ^= (byte) bits;
    Files.write(file, log);
  }

  @Override
  public void close() {
    opened.forEach(ChatStore::close);
  }
}
