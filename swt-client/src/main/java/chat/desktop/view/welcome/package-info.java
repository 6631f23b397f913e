// SPDX-License-Identifier: Apache-2.0
/** The first window: which server, which account, and whether the server is the right one. */
@org.jspecify.annotations.NullMarked
package chat.desktop.view.welcome;
