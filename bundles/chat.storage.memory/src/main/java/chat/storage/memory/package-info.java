// SPDX-License-Identifier: Apache-2.0
/**
 * A store that keeps everything in memory, for tests and demonstrations: it honours the whole
 * contract except that its data ends with the process. What a disk is to other stores, a {@link
 * chat.storage.memory.MemoryDisk} is to this one: it outlives the store objects that stand on it.
 */
@org.jspecify.annotations.NullMarked
package chat.storage.memory;
