// SPDX-License-Identifier: Apache-2.0
/**
 * The desktop client as a program: reads the command line, prepares GTK, opens a profile and leads
 * from the welcome window to the main window. What is shown lies in {@code chat.desktop.model},
 * which knows no widget; how it is shown in {@code chat.desktop.view}; how plug-ins get there in
 * {@code chat.desktop.plugin}.
 */
@org.jspecify.annotations.NullMarked
package chat.desktop;
