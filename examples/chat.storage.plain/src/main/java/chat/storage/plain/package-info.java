// SPDX-License-Identifier: Apache-2.0
/**
 * A store of one's own, as an example: plain files, nothing but the JDK, the whole contract.
 *
 * <pre>
 *   log         "chatlog2", then frames: u32 length, u32 CRC32C, the bytes of one {@link
 *               chat.storage.plain.LogRecord}
 *   blobs/ID    the bytes of a blob; it is committed once a record in the log says so
 *   dropped/ID  an empty file; the blob goes once a record in the log says so
 *   lock        locked by whoever writes
 * </pre>
 *
 * <p>A batch is a run of frames whose last one is an {@link chat.storage.plain.LogRecord.End}, is
 * written in one go and synced: what has no End behind it never happened. Everything but bodies and
 * blobs is kept in memory and found again by reading the log from its beginning.
 *
 * <p>Simple has its price: a start reads the whole log, an erasure writes the whole log anew, a
 * read waits for a commit, and what a cell once was stays in the log. If the end of the log is
 * damaged nobody can tell that from a write that a crash cut short.
 */
@org.jspecify.annotations.NullMarked
package chat.storage.plain;
