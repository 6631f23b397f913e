// SPDX-License-Identifier: Apache-2.0
package chat.cli;

import chat.cli.base.CliException;
import chat.cli.command.CliCommand;
import chat.cli.command.Exit;
import chat.client.ClientEvent;
import chat.client.ClientEvent.Transfer;
import chat.client.text.TerminalSanitizer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/** Says something, and waits until the server has it on disk. */
record Sending(
    CliSession session, CliCommand.Send order, InputStream in, PrintStream out, PrintStream err) {

  void run() throws CliException, IOException, InterruptedException {
    if (order.what() instanceof CliCommand.Attachment(Path file) && !Files.isReadable(file)) {
      throw new CliException(Exit.REFUSED, file + " can't be read");
    }
    long room = session.room(session.enter(), order.room()).room();
    switch (order.what()) {
      case CliCommand.Text(String text) -> say(room, text);
      case CliCommand.Attachment(Path file) -> sendFile(room, file);
      case CliCommand.Input(boolean lines) -> {
        if (lines) {
          sayLines(room);
        } else {
          say(room, all(in));
        }
      }
    }
  }

  /** The whole input as one text, without the line end at its end. */
  static String all(InputStream in) throws IOException {
    String all = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    return all.endsWith("\n") ? all.substring(0, all.length() - 1) : all;
  }

  private void sayLines(long room) throws CliException, IOException, InterruptedException {
    BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (!line.isBlank()) {
        say(room, line);
      }
    }
  }

  private void say(long room, String text) throws CliException, InterruptedException {
    UUID id = session.client().send(room, text, order.reply(), order.important());
    try {
      arrived(id);
    } catch (CliException e) {
      // It must not go out by itself when the next command is run.
      session.client().discard(id);
      throw e;
    }
  }

  /** Waits until the entry with this id stands in the room. */
  private void arrived(UUID id) throws CliException, InterruptedException {
    while (true) {
      switch (session.next()) {
        case ClientEvent.Added(var entry) when entry.id().equals(id) -> {
          if (order.verbose()) {
            out.println(entry.number());
          }
          return;
        }
        case ClientEvent.Pending pending when pending.id().equals(id) -> {
          ClientEvent.Refusal refused = pending.refused();
          if (refused != null) {
            throw CliSession.refused(refused);
          }
        }
        case ClientEvent.Discarded(UUID over, long room) when over.equals(id) -> {
          return;
        }
        default -> {}
      }
    }
  }

  private void sendFile(long room, Path file) throws CliException, InterruptedException {
    boolean watched = System.console() != null && System.console().isTerminal();
    UUID id = session.client().upload(room, file);
    while (true) {
      if (session.next() instanceof ClientEvent.TransferChanged(Transfer transfer)
          && transfer.id().equals(id)) {
        switch (transfer.state()) {
          case Transfer.Running running -> {
            if (watched && transfer.size() > 0) {
              err.print("\r" + transfer.done() * 100 / transfer.size() + " % ");
              err.flush();
            }
          }
          case Transfer.Finished finished -> {
            if (watched) {
              err.println("\r100 %");
            }
            if (order.verbose()) {
              arrived(id);
            }
            return;
          }
          case Transfer.Cancelled cancelled ->
              throw new CliException(Exit.REFUSED, "the file was stopped");
          case Transfer.Failed(var problem, String detail) ->
              throw new CliException(Exit.REFUSED, problem + ": " + TerminalSanitizer.line(detail));
        }
      }
    }
  }
}
