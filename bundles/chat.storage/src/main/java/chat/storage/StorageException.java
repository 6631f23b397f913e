// SPDX-License-Identifier: Apache-2.0
package chat.storage;

/** A store could not do what it was asked. The message is for the operator and says what to do. */
public class StorageException extends Exception {

  public StorageException(String message) {
    super(message);
  }

  public StorageException(String message, Throwable cause) {
    super(message, cause);
  }

  /** The store can't work now (disk full, connection lost, closed); the same call may go later. */
  public static class Unavailable extends StorageException {
    public Unavailable(String message) {
      super(message);
    }

    public Unavailable(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /**
   * The answer to a commit was lost: the batch is either wholly applied or not at all. Offering the
   * same changes again settles it for every change that carries an entry.
   */
  public static final class Uncertain extends Unavailable {
    public Uncertain(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /** This object may not write here: another generation, a retired store, a committed blob. */
  public static final class Fenced extends StorageException {
    public Fenced(String message) {
      super(message);
    }
  }

  /** What was read is not what was written. */
  public static final class Damaged extends StorageException {
    public Damaged(String message) {
      super(message);
    }

    public Damaged(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /** The data is of a newer program, or of no program of this kind; nothing was changed. */
  public static final class Unusable extends StorageException {
    public Unusable(String message) {
      super(message);
    }

    public Unusable(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
