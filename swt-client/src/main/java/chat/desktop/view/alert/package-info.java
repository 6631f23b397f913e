// SPDX-License-Identifier: Apache-2.0
/** What the window does to be noticed, and to come back: its icon, the tray, its urgency. */
@org.jspecify.annotations.NullMarked
package chat.desktop.view.alert;
