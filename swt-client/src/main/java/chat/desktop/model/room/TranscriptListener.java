// SPDX-License-Identifier: Apache-2.0
package chat.desktop.model.room;

/** Hears how the rows of a transcript change. */
public interface TranscriptListener {

  /** Everything is different. */
  void reset();

  /** Rows were put before {@code index}. */
  void inserted(int index, int count);

  /** Rows are gone. */
  void removed(int index, int count);

  void changed(int index);

  /** Whether nobody would miss the first rows. */
  default boolean spares(int count) {
    return true;
  }
}
