// SPDX-License-Identifier: Apache-2.0
/**
 * The storage contract: what chat.server asks of a store, and nothing about how a store does it.
 *
 * <p>A store holds three kinds of things.
 *
 * <pre>
 *   entries   append-only, numbered 1, 2, 3, ... per stream without gaps: an {@link
 *             chat.storage.Envelope} that never changes, and a body and search tokens that can be
 *             erased
 *   cells     last writer wins, keyed by (space, key), with a version that counts its writes
 *   blobs     staged piece by piece, immutable once a change has committed them, until one drops
 *             them
 * </pre>
 *
 * <p>There is one write, {@link chat.storage.ChatStore#commit}; {@link
 * chat.storage.ChatStore#restore} fills a copy of another store. Bodies, cell values and blobs
 * arrive sealed, and tokens as keyed hashes: a store never sees clear text and never looks inside.
 */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.4.0")
@org.jspecify.annotations.NullMarked
package chat.storage;
