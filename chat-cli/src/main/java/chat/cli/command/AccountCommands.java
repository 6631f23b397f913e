// SPDX-License-Identifier: Apache-2.0
package chat.cli.command;

import chat.cli.base.Bounds;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code account}. */
@Command(
    name = "account",
    description = "Password and devices of this account, its export or end, and invitations.")
final class AccountCommands {
  private static final int MOST = 1_000_000;

  @Command(
      description =
          "Write what the server keeps of this account into a folder: profile, contacts, rooms, its"
              + " own messages and files.")
  CliCall export(
      @Parameters(paramLabel = "FOLDER", description = "A new or empty folder.") Path folder,
      @Option(names = "--no-files", description = "Leave the files out.") boolean noFiles,
      @Mixin ConnectionOptions connection) {
    return new CliCall(connection, new CliCommand.ExportAccount(folder, !noFiles));
  }

  @Command(
      description =
          "Create an invitation link, if the server lets members invite. Others can register with"
              + " it.")
  CliCall invite(
      @Option(
              names = "--uses",
              paramLabel = "N",
              defaultValue = "1",
              description = "How many accounts can be registered with it. Default: 1.")
          @Bounds(min = 1, max = MOST)
          int uses,
      @Option(
              names = "--days",
              paramLabel = "D",
              defaultValue = "7",
              description = "How many days it is valid. Default: 7.")
          @Bounds(min = 1, max = MOST)
          int days,
      @Mixin ConnectionOptions connection) {
    return new CliCall(connection, new CliCommand.Invite(uses, days));
  }

  @Command(
      description = {
        "Change the password.",
        "%nThe current one is needed. All other devices are logged out by that."
      })
  CliCall password(
      @Option(
              names = "--new-password-file",
              paramLabel = "FILE",
              required = true,
              description = "The new password is the first line of this file.")
          Path next,
      @Mixin ConnectionOptions connection) {
    return new CliCall(connection, new CliCommand.ChangePassword(next));
  }

  @Command(
      description =
          "List the devices that are logged in to this account: id, name, address, last use and"
              + " log-in.")
  CliCall devices(
      @Option(names = "--json", description = Help.JSON) boolean json,
      @Mixin ConnectionOptions connection) {
    return new CliCall(connection, new CliCommand.ListDevices(json));
  }

  @Command(name = "end-device", description = "Log a device out.")
  CliCall endDevice(
      @Parameters(
              paramLabel = "ID",
              description = "As chatroom account devices shows it, or the beginning of it.")
          String id,
      @Mixin ConnectionOptions connection) {
    return new CliCall(connection, new CliCommand.EndDevice(id));
  }

  @Command(name = "end-others", description = "Log all other devices out.")
  CliCall endOthers(@Mixin ConnectionOptions connection) {
    return new CliCall(connection, new CliCommand.EndOtherDevices());
  }

  @Command(
      description = {
        "Delete this account for good.",
        "%nEverything that it wrote or sent is erased for everybody. The password is needed."
      })
  CliCall delete(
      @Option(names = "--yes", description = "Don't ask for the account's name to be typed.")
          boolean sure,
      @Mixin ConnectionOptions connection) {
    return new CliCall(connection, new CliCommand.DeleteAccount(sure));
  }
}
