// SPDX-License-Identifier: Apache-2.0
/** One command on its way to its one reply: who may carry it out, and how it changes a room. */
@org.jspecify.annotations.NullMarked
package chat.server.command;
