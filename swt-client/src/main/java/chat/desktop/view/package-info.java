// SPDX-License-Identifier: Apache-2.0
/**
 * The windows: widgets and painting over the model, nothing that decides. Everything here runs on
 * the thread of the Display.
 */
@org.jspecify.annotations.NullMarked
package chat.desktop.view;
