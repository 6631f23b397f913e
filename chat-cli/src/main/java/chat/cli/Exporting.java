// SPDX-License-Identifier: Apache-2.0
package chat.cli;

import chat.cli.base.CliException;
import chat.cli.command.CliCommand;
import chat.cli.command.Exit;
import chat.client.ClientEvent;
import chat.client.RefusedException;
import chat.client.text.TerminalSanitizer;
import chat.export.Export;
import chat.protocol.RoomView;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Set;

/** Writes a room, or what belongs to the account, into a folder. */
record Exporting(CliSession session, PrintStream out, PrintStream err) {

  void room(CliCommand.ExportRoom order) throws CliException, IOException, InterruptedException {
    ClientEvent.Entered entered = session.enter();
    RoomView room = session.room(entered, order.room());
    run(order.folder(), order.forms(), order.files(), export -> export.room(room));
  }

  void account(CliCommand.ExportAccount order)
      throws CliException, IOException, InterruptedException {
    ClientEvent.Entered entered = session.enter();
    run(
        order.folder(),
        Set.of(Export.Form.JSONL),
        order.files(),
        export -> export.account(entered));
  }

  private interface Run {
    Export.Written of(Export export) throws IOException, RefusedException, InterruptedException;
  }

  private void run(Path folder, Set<Export.Form> forms, boolean files, Run run)
      throws CliException, IOException, InterruptedException {
    session.listenNoMore();
    boolean watched = System.console() != null && System.console().isTerminal();
    Export export =
        new Export(
            session.client(),
            new Export.Order(folder, forms, files, ZoneId.systemDefault()),
            (room, number) -> {
              if (watched) {
                err.print(
                    "\r"
                        + TerminalSanitizer.line(CliSession.name(room.info()))
                        + ": "
                        + number
                        + " ");
                err.flush();
              }
            });
    try {
      Export.Written written = run.of(export);
      err.print(watched ? "\r" : "");
      out.println(
          written.messages() + " messages and " + written.files() + " files are in " + folder);
      if (written.missing() > 0) {
        throw new CliException(
            Exit.REFUSED, written.missing() + " files could not be fetched, and are not there");
      }
    } catch (RefusedException e) {
      throw CliSession.refused(e.refusal());
    }
  }
}
