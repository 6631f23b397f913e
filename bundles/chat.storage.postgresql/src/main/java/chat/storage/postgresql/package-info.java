// SPDX-License-Identifier: Apache-2.0
/**
 * The store for many users: everything in one schema of a PostgreSQL database.
 *
 * <pre>
 *   store    one row: data version, id, generation, successor once it is retired, source while it
 *            is a copy in the making
 *   stream   head, time of the head and rolling digest of each stream
 *   entry    envelope, body and tokens, and checksums
 *   cell     space and key as UTF-16 code units, big endian, so that they sort by them
 *   blob     length of each blob, whether it is committed, and when it was last staged to
 *   chunk    the bytes of blobs, 64 KiB a row
 * </pre>
 *
 * <p>Every row carries a CRC32C that is checked whenever it is read.
 *
 * <p><b>Durable.</b> The writing connection sets {@code synchronous_commit} to {@code on} by
 * itself, so that no setting of the server makes an acknowledgement a guess. Nobody can do that for
 * {@code fsync}: a server that runs with it off gets a warning in the log.
 *
 * <p><b>One server at a time.</b> What keeps the data right is the generation: every transaction
 * that writes locks the row of {@code store} and checks it there, so that whoever was activated
 * first can write nothing any more. What keeps a second server from being activated by mistake is
 * an {@link chat.storage.postgresql.Occupancy advisory lock}, which ends with the connection: after
 * a kill the next start waits for nothing.
 *
 * <p><b>Erased.</b> Body and tokens of an erased entry are set to NULL, and a VACUUM in the
 * background takes the old version of the row out of its page soon after. PostgreSQL does not
 * overwrite free space, and its write-ahead log keeps what it logged until it is recycled: in those
 * the sealed bytes may stand for longer; and the index of the tokens keeps one as a key after the
 * last entry that had it is gone. {@code VACUUM FULL} and a CHECKPOINT end that, for who needs it.
 */
@org.jspecify.annotations.NullMarked
package chat.storage.postgresql;
