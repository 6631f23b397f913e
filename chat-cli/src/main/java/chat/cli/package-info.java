// SPDX-License-Identifier: Apache-2.0
/**
 * The chat for scripts: {@code send} says something and ends when the server has it on disk, {@code
 * read} shows what was said. A thin shell over {@link chat.client.ChatClient}; the exit codes in
 * {@link chat.cli.Exit} are its contract.
 */
@org.jspecify.annotations.NullMarked
package chat.cli;
