// SPDX-License-Identifier: Apache-2.0
/** The window of an account: puts side, transcript, compose box and panes together. */
@org.jspecify.annotations.NullMarked
package chat.desktop.view.main;
