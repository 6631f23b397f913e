// SPDX-License-Identifier: Apache-2.0
/** Which messages make themselves heard outside the window, and what is shown of them. */
@org.jspecify.annotations.NullMarked
package chat.desktop.model.notify;
