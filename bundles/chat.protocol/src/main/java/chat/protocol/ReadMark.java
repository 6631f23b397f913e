// SPDX-License-Identifier: Apache-2.0
package chat.protocol;

/**
 * How far somebody has got in a room.
 *
 * @param received the number up to which one of its devices has everything
 * @param read the number up to which it was shown
 */
public record ReadMark(long account, long received, long read) {}
