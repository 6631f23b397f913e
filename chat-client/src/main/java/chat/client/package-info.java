// SPDX-License-Identifier: Apache-2.0
/**
 * The chat without a window: one {@link chat.client.ChatClient} is one account on one server, with
 * everything a user interface, a script or a bot needs. What was written while offline or in the
 * second of a crash is sent once.
 *
 * <pre>
 * session ──► transfer ──► transport ──► chat.client
 *    └──────► profile ──────────────────────┘
 * text                     (knows the protocol only)
 * </pre>
 *
 * <p>This package holds what the client's users see; {@code session} implements it.
 */
@org.jspecify.annotations.NullMarked
package chat.client;
