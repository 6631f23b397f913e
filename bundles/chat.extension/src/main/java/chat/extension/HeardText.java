// SPDX-License-Identifier: Apache-2.0
package chat.extension;

/**
 * A text in a room of a bot.
 *
 * @param room its id
 * @param number of the entry in its room
 * @param author the account's id
 * @param authorName as it is called now
 * @param time UTC milliseconds
 */
public record HeardText(
    long room, long number, long author, String authorName, long time, String text) {}
