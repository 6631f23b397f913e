package chat.storage;

import org.jspecify.annotations.Nullable;

/** What a store has at one number of a stream. */
public sealed interface Row {

  /** The number it stands at. */
  long number();

  /**
   * An entry as it was written.
   *
   * @param body the sealed body, or null if it was erased
   */
  record Entry(Envelope envelope, byte @Nullable [] body) implements Row {
    @Override
    public long number() {
      return envelope.number();
    }
  }

  /** Something else than what was written, or nothing where an entry must be. */
  record Damaged(long stream, long number, String what) implements Row {}
}
