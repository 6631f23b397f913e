// SPDX-License-Identifier: Apache-2.0
/**
 * What must survive the process, in a folder that one client at a time uses: token, pinned key,
 * cursors and the outbox, in a small SQLite file.
 */
@org.jspecify.annotations.NullMarked
package chat.client.profile;
