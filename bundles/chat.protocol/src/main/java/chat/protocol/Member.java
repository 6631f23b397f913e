// SPDX-License-Identifier: Apache-2.0
package chat.protocol;

/**
 * Somebody in a room.
 *
 * @param mutedUntil UTC milliseconds until which the member can't write; 0 if it may
 */
public record Member(Person person, Rank rank, long mutedUntil) {}
