// SPDX-License-Identifier: Apache-2.0
/**
 * Commands about accounts: registering, logging in and out, invitations, profiles, contacts, and
 * the deletion of an account.
 */
@org.jspecify.annotations.NullMarked
package chat.server.command.account;
