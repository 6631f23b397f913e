// SPDX-License-Identifier: Apache-2.0
package chat.operations;

/** What became of something that was to be imported. */
public sealed interface ImportOutcome {
  /** It was new, and is here now. */
  record Imported() implements ImportOutcome {}

  /** It was here already. */
  record Present() implements ImportOutcome {}

  /** It is not imported. */
  record Refused(String why) implements ImportOutcome {}
}
