// SPDX-License-Identifier: Apache-2.0
package chat.storage;

import java.util.UUID;

/**
 * A blob that a store has.
 *
 * @param length the bytes staged or committed
 * @param committed whether it is immutable
 */
public record BlobState(UUID id, long length, boolean committed) {}
