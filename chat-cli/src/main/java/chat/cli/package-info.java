// SPDX-License-Identifier: Apache-2.0
/**
 * The chat for scripts: each command of {@link chat.cli.command} logs in, does one thing over a
 * {@link chat.cli.CliSession} and ends. A thin shell over {@link chat.client.ChatClient}; the exit
 * codes in {@link chat.cli.command.Exit} are its contract.
 */
@org.jspecify.annotations.NullMarked
package chat.cli;
