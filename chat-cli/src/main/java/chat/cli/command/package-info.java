// SPDX-License-Identifier: Apache-2.0
/**
 * The commands as they are typed: for each a class or a method with picocli's annotations, which
 * declare its options once, with their help. What a line says becomes a {@link
 * chat.cli.command.CliCall}: a {@link chat.cli.command.CliCommand}, and the connection it is for.
 */
@org.jspecify.annotations.NullMarked
package chat.cli.command;
