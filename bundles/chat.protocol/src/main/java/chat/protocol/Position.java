// SPDX-License-Identifier: Apache-2.0
package chat.protocol;

/** Where to go on searching in a room: before this number; 0 for the newest. */
public record Position(long room, long before) {}
