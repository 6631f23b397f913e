// SPDX-License-Identifier: Apache-2.0
/** Polls: a message with lines that begin with a digit, and a reaction for each vote. */
@org.jspecify.annotations.NullMarked
package chat.example.poll;
