// SPDX-License-Identifier: Apache-2.0
package chat.protocol.classic;

/**
 * A line of a history, ready to be written.
 *
 * @param cell the text, without tabs
 */
record Row(String sender, String time, String cell) {}
