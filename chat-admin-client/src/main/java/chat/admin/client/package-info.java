// SPDX-License-Identifier: Apache-2.0
/**
 * A client of the operator's socket of a server on this machine: {@link
 * chat.admin.client.AdminClient} asks, {@link chat.admin.client.AdminAnswer} is what the server
 * says, {@link chat.admin.client.AnswerText} makes text for people of it. Nobody else reads that
 * socket.
 */
@org.jspecify.annotations.NullMarked
package chat.admin.client;
