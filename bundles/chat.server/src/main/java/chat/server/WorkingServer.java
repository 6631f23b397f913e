// SPDX-License-Identifier: Apache-2.0
package chat.server;

import chat.operations.OperationException;
import chat.operations.OperationException.Reason;
import chat.storage.StorageException;
import java.io.IOException;

/** The server that is at work now. */
@FunctionalInterface
interface WorkingServer {
  /**
   * Gives it.
   *
   * @throws OperationException if there is none yet, or none for the moment
   */
  ChatServer get() throws OperationException;

  /** Something that the store has a part in. */
  @FunctionalInterface
  interface Stored<T> {
    T run() throws OperationException, StorageException, IOException, InterruptedException;
  }

  /** Does it; an error of the store or the disk becomes one that an operator understands. */
  static <T> T stored(Stored<T> body) throws OperationException {
    try {
      return body.run();
    } catch (StorageException | IOException e) {
      throw new OperationException(Reason.FAILED, String.valueOf(e.getMessage()), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new OperationException(Reason.FAILED, "interrupted", e);
    }
  }
}
