// SPDX-License-Identifier: Apache-2.0
package chat.operations;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * What an operator can do with the stores, while people chat. Any thread may call it. A copy is
 * made on a thread of its own, one at a time: whoever begins one gets its first state at once and
 * asks how it goes on.
 */
@ProviderType
public interface StoreOperations {
  /** The stores that are there. */
  List<StoreInfo> stores();

  /** The store in use. */
  CurrentStore current();

  /**
   * Lets the stores of one bundle take over from those of another, on the same data.
   *
   * @return for how long nobody could write; empty if no store in use is of the first bundle
   * @throws OperationException if they can't; then the old ones go on
   */
  Optional<Duration> takeOver(long fromBundle, long toBundle) throws OperationException;

  /** What a migration would have to copy; changes nothing. */
  CopyPlan planMigration(String from, String to) throws OperationException;

  /**
   * Begins to copy the active store into another one, which then takes over.
   *
   * @param from the active one, so that nobody migrates another one by mistake
   * @param to empty, or an earlier copy of it
   */
  CopyState migrate(String from, String to) throws OperationException;

  /** Begins to write everything into a sealed file. */
  CopyState backup(Path file) throws OperationException;

  /**
   * Begins to put a backup in the place of all there is.
   *
   * @param store an empty one
   */
  CopyState restore(Path file, String store) throws OperationException;

  /** How the copy is doing that is being made or was the last. */
  CopyState copyState();

  /**
   * Asks the copy that is being made to end.
   *
   * @throws OperationException if none is
   */
  CopyState cancelCopy() throws OperationException;
}
