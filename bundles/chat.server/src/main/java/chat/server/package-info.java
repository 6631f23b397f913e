// SPDX-License-Identifier: Apache-2.0
/**
 * The brain: who may say what, in which order, and who hears it.
 *
 * <pre>
 *   event loop      received ─► WireFormat.decode ─► Session.handle ─► Journal.submit
 *   journal thread  drain ─► ChatStore.commit (durable) ─► answer the author ─► Room.announce
 *                   ─► every Feed of the room: the next numbers, encoded once ─► Connection.send
 *   readers         history, files and feeds that fell out of the room's tail
 * </pre>
 *
 * <p>Store, then show. Everything a client may wait for is bounded, and what is not sent can be
 * pulled again by number.
 */
@org.jspecify.annotations.NullMarked
package chat.server;
