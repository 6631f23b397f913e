// SPDX-License-Identifier: Apache-2.0
package chat.prove.fault;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What can be done to a server while people chat. */
public enum Kind {
  /** A newer build of the store, opened beside the old one. */
  STORAGE("storage"),
  /** The same, after the old one has closed. */
  STORAGE_IN_PLACE("storage-in-place"),
  /** A newer build of the wire format. */
  PROTOCOL("protocol"),
  /** A newer build of the server's logic. */
  SERVER("server"),
  /** A newer build of what owns the sockets. */
  CONNECTION("connection"),
  /** A whole release. */
  UPGRADE("upgrade"),
  UPGRADE_PARTS("upgrade-parts"),
  /** Everything to another store. */
  MIGRATE("migrate"),
  /** One of the first five, as it comes. */
  RANDOM("random"),
  /** kill -9, and a new start. */
  KILL("kill"),
  /** Some connections break. */
  CUT("cut");

  /** What {@link #RANDOM} stands for. */
  static final List<Kind> ANY = List.of(STORAGE, STORAGE_IN_PLACE, PROTOCOL, SERVER, CONNECTION);

  private static final List<Kind> SWAPS =
      Arrays.stream(values()).filter(kind -> kind != KILL && kind != CUT).toList();

  private final String word;

  Kind(String word) {
    this.word = word;
  }

  public String word() {
    return word;
  }

  /** The swap of this name. */
  static Optional<Kind> swap(String word) {
    return SWAPS.stream().filter(kind -> kind.word.equals(word)).findFirst();
  }

  static String swapWords() {
    return SWAPS.stream().map(Kind::word).collect(Collectors.joining(", "));
  }
}
