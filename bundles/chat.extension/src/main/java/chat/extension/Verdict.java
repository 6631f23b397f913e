// SPDX-License-Identifier: Apache-2.0
package chat.extension;

/** What a hook says of a text. */
public sealed interface Verdict {

  /** It may be said. */
  record Allow() implements Verdict {}

  /**
   * It is not stored, and its author is told why.
   *
   * @param reason for its author, at most 200 code points
   */
  record Refuse(String reason) implements Verdict {}

  /**
   * Other words are stored in its place, under the author's name.
   *
   * @param text within the same bounds as any text
   */
  record Replace(String text) implements Verdict {}
}
