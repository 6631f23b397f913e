// SPDX-License-Identifier: Apache-2.0
/**
 * The embedded store: one SQLite file for entries and cells, plain files beside it for blobs.
 *
 * <pre>
 *   chat.db        application_id 0x43486174 ("CHat"), user_version = {@link
 *                  chat.storage.sqlite.Schema#VERSION}
 *     store        one row: id, generation, successor once it is retired
 *     stream       head, time of the head and rolling digest of each stream
 *     entry        envelope, body and tokens, and checksums; rows are only ever added at the end
 *     word         the full-text index of the tokens, see {@link chat.storage.sqlite.Words}
 *     indexed      up to which row entries are in the index
 *     cell         space and key as UTF-16 code units, big endian, so that they sort by them
 *     blob         length of each committed blob
 *     dropped      blobs whose files may still be there although a change has dropped them
 *   blobs/ab/ID    committed blobs, by the first two digits of their id
 *   staged/ID      blobs that are still growing
 * </pre>
 *
 * <p>Every row carries a CRC32C that is checked whenever it is read. Entries are in a table with a
 * row id, because only there a page that splits leaves no copy of a row behind that a later erasure
 * would miss. The full-text index takes erased words out of its pages by itself; of a word that
 * happens to part two of its pages the bare word may stay there, without the entry it was in, until
 * the index merges these pages.
 */
@org.jspecify.annotations.NullMarked
package chat.storage.sqlite;
