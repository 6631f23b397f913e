// SPDX-License-Identifier: Apache-2.0
package chat.cli.command;

import chat.cli.base.Bounds;
import chat.cli.base.CliException;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code account}. */
@Command(
    name = "account",
    description =
        "Name, password, second factor and devices of this account, its export or end, and"
            + " invitations.")
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

  @Command(description = "Change the name of this account; everything else stays.")
  CliCall name(
      @Parameters(paramLabel = "NEW-NAME", description = "The new name.") String next,
      @Mixin ConnectionOptions connection) {
    return new CliCall(connection, new CliCommand.ChangeName(next));
  }

  @Command(
      name = "second-factor",
      description = {
        "Tell whether a log-in takes a code besides the password; set that up, or end it.",
        "%n--set prints what to enter into an authenticator, reads a code of it from standard input,"
            + " and then prints ten recovery codes, each good for one log-in without the"
            + " authenticator. The password is needed."
      })
  CliCall secondFactor(
      @Option(names = "--set", description = "Set a second factor, or another one.") boolean set,
      @Option(names = "--remove", description = "Log in with the password alone from now on.")
          boolean remove,
      @Option(
              names = "--current",
              paramLabel = "CODE",
              defaultValue = "",
              description = "A code of the second factor that is replaced or removed.")
          String current,
      @Option(names = "--json", description = Help.JSON) boolean json,
      @Mixin ConnectionOptions connection)
      throws CliException {
    if (set && remove) {
      throw CliException.usage("give --set or --remove, not both");
    }
    CliCommand command =
        set
            ? new CliCommand.SetSecondFactor(current)
            : remove
                ? new CliCommand.RemoveSecondFactor(current)
                : new CliCommand.ShowSecondFactor(json);
    return new CliCall(connection, command);
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
