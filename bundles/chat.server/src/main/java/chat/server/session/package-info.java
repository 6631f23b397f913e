// SPDX-License-Identifier: Apache-2.0
/** One client on one connection: how it speaks, what it may send, what it hears; who is present. */
@org.jspecify.annotations.NullMarked
package chat.server.session;
