// SPDX-License-Identifier: Apache-2.0
/**
 * Commands about rooms: synchronizing, creating and changing them, their members and what a room is
 * to each of them.
 */
@org.jspecify.annotations.NullMarked
package chat.server.command.room;
