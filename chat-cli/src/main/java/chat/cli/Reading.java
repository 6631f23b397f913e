// SPDX-License-Identifier: Apache-2.0
package chat.cli;

import chat.cli.base.CliException;
import chat.cli.command.CliCommand;
import chat.cli.command.Exit;
import chat.client.ClientEvent;
import chat.client.text.Json;
import chat.client.text.Message;
import chat.client.text.MessageFormatter;
import chat.client.text.TerminalSanitizer;
import chat.protocol.Command.Direction;
import chat.protocol.Content;
import chat.protocol.Event;
import chat.protocol.Reply;
import chat.protocol.RoomView;
import java.io.PrintStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** Shows what was said, and with {@code --follow} what is being said: each entry once, in order. */
final class Reading {
  /** Entries in one question. */
  static final int PAGE = 200;

  private final CliSession session;
  private final CliCommand.Read order;
  private final PrintStream out;
  private final PrintStream err;
  private final MessageFormatter lines;
  private long last;

  Reading(
      CliSession session,
      CliCommand.Read order,
      MessageFormatter lines,
      PrintStream out,
      PrintStream err) {
    this.session = session;
    this.order = order;
    this.lines = lines;
    this.out = out;
    this.err = err;
  }

  void run() throws CliException, InterruptedException {
    RoomView view = session.room(session.enter(), order.room());
    newest(view).forEach(this::print);
    last = view.head();
    if (order.follow()) {
      session.bePatient();
      while (!out.checkError()) {
        show(session.next(), view.room());
      }
    }
  }

  /** The last messages worth showing, as many as were asked for, as they read now. */
  private Deque<Message> newest(RoomView view) throws CliException, InterruptedException {
    Deque<Message> newest = new ArrayDeque<>();
    List<Event.Entry> entries = view.entries();
    List<Event.Entry> about = view.about();
    while (true) {
      for (Message message : Message.fold(entries, about).reversed()) {
        if (newest.size() < order.last() && shows(message)) {
          newest.addFirst(message);
        }
      }
      if (newest.size() >= order.last() || entries.isEmpty()) {
        return newest;
      }
      Reply.Page page =
          CliSession.get(
              session
                  .client()
                  .history(view.room(), Direction.BEFORE, entries.getFirst().number(), PAGE));
      entries = page.entries();
      about = page.about();
    }
  }

  /** Who comes and goes is only for programs. */
  private boolean shows(Message message) {
    return switch (message.content()) {
      case Content.Text _,
          Content.File _,
          Content.Edited _,
          Content.Deleted _,
          Content.Reacted _,
          Content.Pinned _ ->
          true;
      case Content.Joined _,
          Content.Left _,
          Content.Erased _,
          Content.Damaged _,
          Content.RoomSet _,
          Content.Done _,
          Content.Gone _ ->
          order.json();
    };
  }

  private void show(ClientEvent event, long room) throws CliException, InterruptedException {
    switch (event) {
      case ClientEvent.Added(Event.Entry entry)
          when entry.room() == room && entry.number() > last -> {
        print(Message.of(entry));
        last = entry.number();
      }
      case ClientEvent.Skipped(long skipped, long head) when skipped == room -> catchUp(room, head);
      case ClientEvent.Entered entered -> {
        for (RoomView view : entered.rooms()) {
          if (view.room() == room && !view.resumed()) {
            catchUp(room, view.head());
          }
        }
      }
      case ClientEvent.LoggedOut(String reason) ->
          throw new CliException(Exit.REFUSED, "logged out: " + TerminalSanitizer.line(reason));
      default -> {}
    }
  }

  /** Shows what the connection did not bring. */
  private void catchUp(long room, long head) throws InterruptedException {
    try {
      while (last < head) {
        Reply.Page page =
            CliSession.get(session.client().history(room, Direction.AFTER, last, PAGE));
        if (page.entries().isEmpty()) {
          break;
        }
        page.entries().forEach(entry -> print(Message.of(entry)));
        last = page.entries().getLast().number();
      }
    } catch (CliException e) {
      err.println("chatroom: what came between " + last + " and " + head + " is not shown");
    }
    last = head;
  }

  private void print(Message message) {
    if (shows(message)) {
      out.println(order.json() ? Json.message(message) : lines.plain(message));
    }
  }
}
