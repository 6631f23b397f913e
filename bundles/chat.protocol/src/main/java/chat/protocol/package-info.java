// SPDX-License-Identifier: Apache-2.0
/**
 * The words of the chat: what a client can ask ({@link chat.protocol.Command}), what it is answered
 * ({@link chat.protocol.Reply}) and what it hears unasked ({@link chat.protocol.Event}). How they
 * become bytes is a {@link chat.protocol.WireFormat}'s business; clients that have other words of
 * their own are spoken for by an {@link chat.protocol.Interpreter}.
 *
 * <p>The records are the schema: the components of a record are only ever added to, at its end.
 * Nothing here needs more than the JDK, so that any client can use this bundle as a plain jar.
 */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.3.0")
@org.jspecify.annotations.NullMarked
package chat.protocol;
