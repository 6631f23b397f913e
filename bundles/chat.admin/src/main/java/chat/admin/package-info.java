// SPDX-License-Identifier: Apache-2.0
/**
 * The operator's words: a Unix socket that only the owner of the server can open, and the same
 * words in the Gogo console.
 *
 * <p>A word is a service with the properties {@code osgi.command.scope=chatroom} and {@code
 * osgi.command.function}; whoever has something to say registers one. This bundle brings those that
 * concern the bundles themselves: status, health, swap, stop.
 */
@org.jspecify.annotations.NullMarked
package chat.admin;
