// SPDX-License-Identifier: Apache-2.0
package chat.cli.command;

import chat.protocol.PasswordReset;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** {@code reset}. */
@Command(
    name = "reset",
    description = {
      "Set a new password with a link from the operator of the server.",
      "%nThe link is good once and names the server. All devices are logged out by that, and this"
          + " one is logged in."
    })
final class ResetCommand implements Callable<CliCall> {
  @Parameters(
      paramLabel = "LINK",
      converter = LinkConverter.class,
      description = "As the operator passed it on: chatroom://HOST:PORT/reset/...")
  private PasswordReset link = new PasswordReset("", 0, "", "");

  @Option(
      names = "--new-password-file",
      paramLabel = "FILE",
      required = true,
      description = "The new password is the first line of this file.")
  private Path next = Path.of("");

  @Mixin private final ConnectionOptions connection = new ConnectionOptions();

  /** Reads a link. */
  static final class LinkConverter implements ITypeConverter<PasswordReset> {
    @Override
    public PasswordReset convert(String value) {
      return PasswordReset.parse(value)
          .orElseThrow(
              () -> new TypeConversionException("needs a link chatroom://HOST:PORT/reset/..."));
    }
  }

  @Override
  public CliCall call() {
    connection.reach(link);
    return new CliCall(connection, new CliCommand.ResetPassword(link.code(), next));
  }
}
