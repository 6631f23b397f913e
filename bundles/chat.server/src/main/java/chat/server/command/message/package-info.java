// SPDX-License-Identifier: Apache-2.0
/**
 * Commands about messages and files: posting, changing, forwarding, searching, uploads and
 * downloads.
 */
@org.jspecify.annotations.NullMarked
package chat.server.command.message;
