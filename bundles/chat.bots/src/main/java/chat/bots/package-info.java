// SPDX-License-Identifier: Apache-2.0
/**
 * Brings bots into rooms. A bot is a client like any other, with a profile in the server's data
 * folder: what it says waits on disk until it is stored, and it lives through every exchange of a
 * part as other clients do.
 */
@org.jspecify.annotations.NullMarked
package chat.bots;
