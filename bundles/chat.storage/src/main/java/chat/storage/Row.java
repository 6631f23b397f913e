// SPDX-License-Identifier: Apache-2.0
package chat.storage;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a store has at one number of a stream. */
public sealed interface Row {

  /** The number it stands at. */
  long number();

  /**
   * An entry as it was written.
   *
   * @param body the sealed body, or null if it was erased
   * @param tokens by which it is found, in the order in which they were given; empty if it was
   *     erased, else an {@link IllegalArgumentException}
   */
  record Entry(Envelope envelope, byte @Nullable [] body, List<Long> tokens) implements Row {
    public Entry(Envelope envelope, byte @Nullable [] body, List<Long> tokens) {
      this.envelope = envelope;
      this.body = body;
      this.tokens = List.copyOf(tokens);
      if (body == null && !tokens.isEmpty()) {
        throw new IllegalArgumentException("an erased entry has no tokens");
      }
    }

    @Override
    public long number() {
      return envelope.number();
    }
  }

  /** Something else than what was written, or nothing where an entry must be. */
  record Damaged(long stream, long number, String what) implements Row {}
}
