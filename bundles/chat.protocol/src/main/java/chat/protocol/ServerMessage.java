// SPDX-License-Identifier: Apache-2.0
package chat.protocol;

/** What a server says: an answer, or something unasked. */
public sealed interface ServerMessage permits Reply, Event {}
