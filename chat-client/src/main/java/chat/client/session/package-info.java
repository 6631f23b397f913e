// SPDX-License-Identifier: Apache-2.0
/**
 * The implementation of {@link chat.client.ChatClient}: connects, logs in, follows the rooms by
 * cursor, sends what the outbox holds and hands events to the listener. It knows the other packages
 * of the client, and none of them knows it.
 */
@org.jspecify.annotations.NullMarked
package chat.client.session;
