// SPDX-License-Identifier: Apache-2.0
package chat.operations;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/** How the copy is doing that is being made or was the last. */
public sealed interface CopyState {
  /**
   * None was made since the start.
   *
   * @param note for people: what the start found of an earlier one; empty if nothing
   */
  record Idle(String note) implements CopyState {}

  /** One is being made. */
  record Running(Copy copy, Progress progress) implements CopyState {}

  /** The last one was made. */
  record Done(Copy copy, Copied copied) implements CopyState {}

  /** The last one was not made; what was in use still is. */
  record Failed(Copy copy, String why) implements CopyState {}

  /** The last one was cancelled. */
  record Cancelled(Copy copy) implements CopyState {}

  /**
   * How far a copy is.
   *
   * @param phase what is being done, for people
   * @param entries messages and events that were copied
   * @param entriesPlanned how many there were to copy when it began
   * @param fileBytes bytes of files that were copied
   * @param fileBytesPlanned how many there were to copy when it began
   * @param time for how long it has copied
   */
  record Progress(
      String phase,
      long entries,
      long entriesPlanned,
      long fileBytes,
      long fileBytesPlanned,
      Duration time) {}

  /**
   * What was copied.
   *
   * @param entries messages and events
   * @param cells settings
   * @param fileBytes bytes of files
   * @param equalStreams of how many streams heads and digests were proved equal; empty if they were
   *     not compared
   * @param pause for how long nobody could write when a store took over; empty if none did
   * @param backupTime when the backup was made that was restored; empty for other copies
   */
  record Copied(
      long entries,
      long cells,
      long fileBytes,
      OptionalInt equalStreams,
      Optional<Duration> pause,
      Optional<Instant> backupTime) {}
}
