// SPDX-License-Identifier: Apache-2.0
package chat.storage.tck;

import chat.storage.ChatStore;
import chat.storage.StorageException;
import java.util.Set;

/** The data of one store, in the hands of one test. */
public interface StoreFixture extends AutoCloseable {

  /** Opens one more object on the data; it is not activated. */
  ChatStore open() throws StorageException;

  /**
   * What a crash leaves: objects opened so far are abandoned, and {@link #open} then finds only
   * what was durable at this moment.
   */
  void crash() throws Exception;

  /** The data at rest as they are now, read once however much is looked for. */
  AtRest atRest() throws Exception;

  /** Whether these bytes stand anywhere in the data at rest. */
  default boolean holds(byte[] bytes) throws Exception {
    return atRest().holds(bytes);
  }

  /** A value that stays equal as long as the data at rest stays the same. */
  Object snapshot() throws Exception;

  /** The kinds of damage that {@link #inflict} can do. */
  Set<Class<? extends Damage>> damages();

  /** Damages the data behind the store's back, so that an object opened later meets it. */
  void inflict(Damage damage) throws Exception;

  @Override
  void close() throws Exception;

  /** What stood in the data at one moment. */
  interface AtRest {
    boolean holds(byte[] bytes);

    /** Whether this token stands there, in whatever form the store uses. */
    boolean holds(long token);
  }
}
