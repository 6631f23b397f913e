// SPDX-License-Identifier: Apache-2.0
package chat.operations;

import java.nio.file.Path;

/** A copy of everything, from somewhere to somewhere. */
public sealed interface Copy {
  /** Of the active store into another, which takes over. */
  record Migration(String from, String to) implements Copy {}

  /** Of the active store into a file. */
  record Backup(Path file) implements Copy {}

  /** Of a file into a store, which takes over. */
  record Restoration(Path file, String store) implements Copy {}
}
