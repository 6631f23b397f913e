// SPDX-License-Identifier: Apache-2.0
package chat.storage;

import java.util.List;
import java.util.function.Consumer;
import org.osgi.annotation.versioning.ProviderType;

/**
 * What the server that is at work commits, as it does so. It offers this as a service for as long
 * as it writes: by it the next build of the server, which makes itself ready beside it, learns what
 * has changed since it read the store, and when its turn has come.
 */
@ProviderType
public interface CommitFeed {

  /** Ends when it is closed. */
  interface Following extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * Tells of each batch twice: before it is committed, so that one which is stuck in the store when
   * its server leaves is known, and after it was committed or failed, before anybody is answered.
   * One that is being committed at this moment is told after.
   *
   * @param follower is called on the thread that commits, returns at once and does not throw
   */
  Following follow(Consumer<List<Change>> follower);
}
