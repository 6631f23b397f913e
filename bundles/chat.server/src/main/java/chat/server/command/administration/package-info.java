// SPDX-License-Identifier: Apache-2.0
/** What owners of the server do for all its people: accounts and announcements. */
@org.jspecify.annotations.NullMarked
package chat.server.command.administration;
