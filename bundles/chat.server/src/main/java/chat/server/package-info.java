// SPDX-License-Identifier: Apache-2.0
/**
 * The server: who may say what, in which order, and who hears it.
 *
 * <pre>
 *   chat.server    the component; the server at work; what operators ask
 *   command.*      carries out commands: importer, account, message, room
 *   command        one command on its way to its reply; access; room transactions
 *   session        one client on one connection; presence; what it hears
 *   room           rooms, members, accounts and contacts as they are in memory
 *   copy           migration, backup and restoration
 *   store          the active store, its exchange, the journal, the readers
 *   base           sealing, cells, configuration; base.text has the rules for names and texts
 * </pre>
 *
 * <p>Packages depend on those below them only; {@code ArchitectureTest} keeps it so.
 *
 * <pre>
 *   event loop      received ─► WireFormat.decode ─► Session.run ─► CommandRouter ─► Journal.submit
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
