// SPDX-License-Identifier: Apache-2.0
/**
 * How plug-ins appear in the main window: their panes, menus, drawings and pages, and the list in
 * which they are installed and removed.
 */
@org.jspecify.annotations.NullMarked
package chat.desktop.view.plugin;
