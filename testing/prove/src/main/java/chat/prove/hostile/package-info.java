// SPDX-License-Identifier: Apache-2.0
/**
 * Attacks a server as somebody with a socket, or with one account, can, and measures what ten
 * normal people beside them notice. An attack is one small class; it goes on for a bounded time,
 * from loopback addresses to a server that was started for it.
 *
 * <pre>
 *   HostileRun ── Ground                  the server, filled and given its usual limits
 *     │   ├────── Crowd ── Person         who chats, and how long it takes them
 *     │   ├────── LogIns                  right passwords, from where people are
 *     │   └────── HeapProbe
 *     └── Attack ── Target                one attacker, its connections and its cost
 * </pre>
 */
@org.jspecify.annotations.NullMarked
package chat.prove.hostile;
