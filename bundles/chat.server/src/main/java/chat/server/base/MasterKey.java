// SPDX-License-Identifier: Apache-2.0
package chat.server.base;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The master key, and what is kept of it beside the store.
 *
 * <pre>
 *   master.key        the key that is good
 *   master.key.next   one that may be good: it is written before the store is told of it
 *   sealed            the id of the store in which nothing unsealed is accepted any more
 * </pre>
 *
 * <p>A change of the key is durable in this order: {@code master.key.next}, the store's ring under
 * the new key, {@code master.key}. Whichever step was the last before a crash, one of the two files
 * opens the ring.
 *
 * <p><b>Threads.</b> One thread changes it, any thread reads.
 */
public final class MasterKey {
  private static final Logger LOG = LoggerFactory.getLogger(MasterKey.class);
  private static final int BYTES = 32;

  private final Path folder;
  private final Consumer<SecretKey> changed;
  private volatile SecretKey current;

  /**
   * @param folder where its files are
   * @param changed hears of a new key once it is good
   */
  public MasterKey(SecretKey current, Path folder, Consumer<SecretKey> changed) {
    this.current = current;
    this.folder = folder;
    this.changed = changed;
  }

  public SecretKey current() {
    return current;
  }

  private Path next() {
    return folder.resolve("master.key.next");
  }

  private Path mark() {
    return folder.resolve("sealed");
  }

  /** A key that a change was begun with and that did not come to its end. */
  Optional<SecretKey> begun() throws SealException {
    try {
      return Files.exists(next())
          ? Optional.of(key(HexFormat.of().parseHex(Files.readString(next()).strip())))
          : Optional.empty();
    } catch (IOException | IllegalArgumentException e) {
      throw new SealException(next() + " can't be read", e);
    }
  }

  /** Makes a key and keeps it where a start after a crash finds it. */
  public SecretKey begin() throws IOException {
    byte[] fresh = Aes.random(BYTES);
    Files.deleteIfExists(next());
    DurableFile.writePrivately(next(), HexFormat.of().formatHex(fresh) + "\n");
    return key(fresh);
  }

  /** The key that was begun with is good from now on, and the one before it no more. */
  public void complete(SecretKey fresh) throws IOException {
    Path file = folder.resolve("master.key");
    Files.move(next(), file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    DurableFile.syncFolderOf(file);
    current = fresh;
    changed.accept(fresh);
  }

  /** The key that was begun with was never told to the store. */
  void forget() {
    try {
      Files.deleteIfExists(next());
    } catch (IOException e) {
      LOG.warn("{} can't be removed: {}", next(), e.getMessage());
    }
  }

  private static SecretKey key(byte[] bytes) {
    if (bytes.length != BYTES) {
      throw new IllegalArgumentException("a master key of " + bytes.length + " bytes");
    }
    return new SecretKeySpec(bytes, "AES");
  }

  /** Whether nothing unsealed is accepted from this store. */
  boolean isSealed(UUID store) throws SealException {
    try {
      return Files.exists(mark()) && Files.readString(mark()).strip().equals(store.toString());
    } catch (IOException e) {
      throw new SealException(mark() + " can't be read", e);
    }
  }

  /** From now on nothing unsealed is accepted from this store. */
  public void sealed(UUID store) throws IOException {
    if (!Files.exists(mark()) || !Files.readString(mark()).strip().equals(store.toString())) {
      DurableFile.writePrivately(mark(), store + "\n");
    }
  }
}
