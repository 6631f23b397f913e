// SPDX-License-Identifier: Apache-2.0
/** What the window knows of the server as a whole. */
@org.jspecify.annotations.NullMarked
package chat.desktop.model.server;
