// SPDX-License-Identifier: Apache-2.0
/**
 * The chat without a window: one {@link chat.client.ChatClient} is one account on one server, with
 * everything a user interface, a script or a bot needs. It keeps its outbox, its cursors, its token
 * and the server's pinned key in a small SQLite file, so that what was written while offline or in
 * the second of a crash is sent once.
 */
@org.jspecify.annotations.NullMarked
package chat.client;
