// SPDX-License-Identifier: Apache-2.0
/**
 * The messages between client and server: a client sends a {@link chat.protocol.Command}, gets one
 * {@link chat.protocol.Reply} for each, and receives {@link chat.protocol.Event}s. A {@link
 * chat.protocol.WireFormat} encodes them; a {@link chat.protocol.ProtocolAdapter} translates for
 * clients that speak another protocol.
 *
 * <p>The records are the schema: the components of a record are only ever added to, at its end.
 * Nothing here needs more than the JDK, so that any client can use this bundle as a plain jar.
 */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("2.6.0")
@org.jspecify.annotations.NullMarked
package chat.protocol;
