// SPDX-License-Identifier: Apache-2.0
/**
 * What the model needs of the program around it: settings, the thread of the windows, slash
 * commands, the system outside.
 */
@org.jspecify.annotations.NullMarked
package chat.desktop.model.platform;
