// SPDX-License-Identifier: Apache-2.0
/** Windows in front of the main window: rooms, people, the account, preferences, exports. */
@org.jspecify.annotations.NullMarked
package chat.desktop.view.dialog;
