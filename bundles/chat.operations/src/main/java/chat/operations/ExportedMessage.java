// SPDX-License-Identifier: Apache-2.0
package chat.operations;

import java.time.Instant;

/**
 * Something that an account said.
 *
 * @param roomName as everybody sees it; of a room of two the name of the other one
 * @param number of the entry in its room
 * @param kind {@code text}, {@code edit} or {@code file}
 * @param text what was said, or the name of the file
 */
public record ExportedMessage(
    long room, String roomName, long number, Instant time, String kind, String text) {}
