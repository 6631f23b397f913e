// SPDX-License-Identifier: Apache-2.0
package chat.cli;

import chat.cli.base.CliException;
import chat.cli.command.CliCommand;
import chat.cli.command.Exit;
import chat.client.text.Json;
import chat.client.text.MessageFormatter;
import chat.client.text.TerminalSanitizer;
import chat.protocol.Command;
import chat.protocol.Device;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;

/** The devices that are logged in to the account. */
record Devices(
    CliSession session, CliCommand.OfDevices order, MessageFormatter lines, PrintStream out) {
  private static final int SHORT = 8;

  void run() throws CliException, InterruptedException {
    session.enter();
    session.listenNoMore();
    switch (order) {
      case CliCommand.ListDevices(boolean json) ->
          CliSession.get(session.client().account().devices())
              .forEach(device -> out.println(json ? Json.device(device) : line(device)));
      case CliCommand.EndDevice(String id) ->
          CliSession.get(session.client().set(new Command.EndDevice(named(id).id())));
      case CliCommand.EndOtherDevices() ->
          CliSession.get(session.client().set(new Command.EndOtherDevices()));
    }
  }

  private String line(Device device) {
    return device.id().toString().substring(0, SHORT)
        + " "
        + TerminalSanitizer.line(device.name())
        + (device.address().isEmpty() ? "" : ", " + TerminalSanitizer.line(device.address()))
        + ", used "
        + lines.time(device.used())
        + ", logged in "
        + lines.time(device.created())
        + (device.current() ? " [this device]" : "");
  }

  private Device named(String id) throws CliException, InterruptedException {
    List<Device> meant =
        CliSession.get(session.client().account().devices()).stream()
            .filter(device -> device.id().toString().startsWith(id.toLowerCase(Locale.ROOT)))
            .toList();
    if (meant.size() != 1) {
      throw new CliException(
          Exit.REFUSED,
          (meant.isEmpty() ? "there is no device " : "there are several devices ")
              + TerminalSanitizer.line(id)
              + "; chatroom account devices lists them");
    }
    return meant.getFirst();
  }
}
