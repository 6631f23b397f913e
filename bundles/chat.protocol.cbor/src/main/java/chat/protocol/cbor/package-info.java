// SPDX-License-Identifier: Apache-2.0
/**
 * The native wire format: CBOR (RFC 8949) bodies in length-prefixed frames.
 *
 * <pre>
 *   u32 length   of all that follows
 *   u16 type     which record, see {@link chat.protocol.cbor.Types}
 *   u8  flags    0
 *   u32 correlation   of a command and its reply; 0 in events and idle frames
 *   CBOR map     component position -> value; absent for the idle frame
 * </pre>
 *
 * <p>The server and its clients use this same bundle, the clients as a plain jar.
 */
@org.jspecify.annotations.NullMarked
package chat.protocol.cbor;
