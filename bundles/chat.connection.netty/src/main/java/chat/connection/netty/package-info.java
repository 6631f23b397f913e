// SPDX-License-Identifier: Apache-2.0
/**
 * Connections on Netty: owns every socket, knows nothing of what the bytes mean.
 *
 * <p>Each configuration {@code chat.connection.netty-NAME.config} is one listener with its sockets.
 * Its one {@link chat.connection.ConnectionHandler} may come and go; the sockets stay.
 */
@org.jspecify.annotations.NullMarked
package chat.connection.netty;
