// SPDX-License-Identifier: Apache-2.0
/**
 * The messages of a room on one canvas: how rows are laid out and drawn, and what mouse and keys do
 * with them.
 */
@org.jspecify.annotations.NullMarked
package chat.desktop.view.transcript;
