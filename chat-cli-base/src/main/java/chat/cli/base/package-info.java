// SPDX-License-Identifier: Apache-2.0
/**
 * What all command lines of Chatroom have in common, on top of picocli: how a line is read, what
 * {@code --help}, {@code --version} and {@code help COMMAND} print, how a mistake is told in one
 * sentence, the exit codes, and completion scripts and manual pages made from the commands. It
 * knows nothing of chat; {@link chat.cli.base.CliProgram} is the entrance.
 */
@org.jspecify.annotations.NullMarked
package chat.cli.base;
