// SPDX-License-Identifier: Apache-2.0
package chat.storage.tck;

import chat.storage.CellKey;
import java.util.UUID;

/** What bad hardware does to the data of a store. */
public sealed interface Damage {

  /** One bit of a stored body is another one. */
  record BodyBit(long stream, long number) implements Damage {}

  /** One bit of a stored token is another one. */
  record TokenBit(long stream, long number) implements Damage {}

  /** One bit of a stored envelope is another one, but not of its stream and number. */
  record EnvelopeBit(long stream, long number) implements Damage {}

  /** A body is gone as if it had been erased. */
  record BodyLost(long stream, long number) implements Damage {}

  /** A row is gone. */
  record RowLost(long stream, long number) implements Damage {}

  /** One bit of a cell's value is another one. */
  record CellBit(CellKey key) implements Damage {}

  /** A committed blob has lost its last byte. */
  record BlobCut(UUID blob) implements Damage {}

  /** A committed blob is gone. */
  record BlobLost(UUID blob) implements Damage {}
}
