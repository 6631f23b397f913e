// SPDX-License-Identifier: Apache-2.0
package chat.storage;

/** What became of one change. */
public sealed interface Outcome {

  /**
   * Applied and on disk.
   *
   * @param number of the entry in its stream; 0 if the change had none
   * @param time UTC milliseconds
   */
  record Committed(long number, long time) implements Outcome {}

  /** The same change had been committed before, with this number and time. */
  record Repeated(long number, long time) implements Outcome {}

  /**
   * Not applied.
   *
   * @param condition the index of the condition that does not hold, or -1 if it was none of them
   */
  record Refused(Reason reason, int condition) implements Outcome {}

  /** Why a change was refused. */
  enum Reason {
    /** One of the change's own conditions does not hold. */
    CONDITION,
    /** The author used this id before for something else. */
    ID_TAKEN,
    /** A blob that the change commits is not staged in full length. */
    BLOB_INCOMPLETE,
    /** The entry is about a number that no entry before it has. */
    ABOUT_UNKNOWN
  }
}
