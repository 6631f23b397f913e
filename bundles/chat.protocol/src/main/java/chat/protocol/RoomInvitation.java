// SPDX-License-Identifier: Apache-2.0
package chat.protocol;

/**
 * A room that somebody was asked to come into, and has not answered yet: {@link Command.Join}
 * accepts, {@link Command.DeclineInvitation} declines.
 *
 * @param by who asked
 * @param time UTC milliseconds
 */
public record RoomInvitation(RoomInfo info, Person by, long time) {}
