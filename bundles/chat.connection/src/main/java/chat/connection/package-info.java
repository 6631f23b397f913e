// SPDX-License-Identifier: Apache-2.0
/**
 * The connection contract: bytes and JDK types only. Whoever owns the sockets provides {@link
 * chat.connection.Connection}s and {@link chat.connection.Listener}s; whoever understands them
 * registers one {@link chat.connection.ConnectionHandler} as a service. Either side can be
 * exchanged while the other stays.
 *
 * <pre>
 *   socket open ──► UNATTENDED ──adopt──► ATTENDED ──► closed
 *                       ▲                    │
 *                       └── handler leaves ──┘   reads stand still, idle frames go on,
 *                                                attributes and unread bytes are kept
 * </pre>
 *
 * <p>This package is frozen: an update of it would cut every socket off.
 */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.1.0")
@org.jspecify.annotations.NullMarked
package chat.connection;
