// SPDX-License-Identifier: Apache-2.0
/**
 * Commands, how they are described, and how a line is read and answered on the operator's socket.
 * What the commands do is not known here.
 */
@org.jspecify.annotations.NullMarked
package chat.admin.command;
