// SPDX-License-Identifier: Apache-2.0
/** How the desktop around the windows shows notifications, and the sound that they make. */
@org.jspecify.annotations.NullMarked
package chat.desktop.notify;
