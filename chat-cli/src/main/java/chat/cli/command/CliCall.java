// SPDX-License-Identifier: Apache-2.0
package chat.cli.command;

/** A command, and the server and account that it is for. */
public record CliCall(ConnectionOptions connection, CliCommand command) {}
