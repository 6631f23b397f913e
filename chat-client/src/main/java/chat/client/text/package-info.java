// SPDX-License-Identifier: Apache-2.0
/**
 * Entries as text: for people on a terminal, for programs as JSON. A {@link
 * chat.client.text.Message} is an entry with what was said about it later folded in.
 */
@org.jspecify.annotations.NullMarked
package chat.client.text;
