// SPDX-License-Identifier: Apache-2.0
package chat.desktop.api;

/**
 * A room, or a private chat.
 *
 * @param id never used again for another one
 * @param name of the room; of a private chat, that of the other person
 * @param direct whether it is a private chat
 * @param unread how many messages were not read
 */
public record ChatRoom(long id, String name, boolean direct, int unread) {}
