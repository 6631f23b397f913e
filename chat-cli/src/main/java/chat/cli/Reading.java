package chat.cli;

import chat.client.ClientEvent;
import chat.protocol.Command.Direction;
import chat.protocol.Content;
import chat.protocol.Event;
import chat.protocol.Reply;
import chat.protocol.RoomView;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** Shows what was said, and with {@code --follow} what is being said: each entry once, in order. */
final class Reading {
  /** Entries in one question. */
  static final int PAGE = 200;

  private final Visit visit;
  private final Options.Read order;
  private final PrintStream out;
  private final PrintStream err;
  private final Lines lines;
  private long last;

  Reading(Visit visit, Options.Read order, Lines lines, PrintStream out, PrintStream err) {
    this.visit = visit;
    this.order = order;
    this.lines = lines;
    this.out = out;
    this.err = err;
  }

  void run() throws CliException, IOException, InterruptedException {
    RoomView view = visit.room(visit.enter());
    newest(view).forEach(this::print);
    last = view.head();
    if (order.follow()) {
      visit.bePatient();
      while (!out.checkError()) {
        show(visit.next(), view.room());
      }
    }
  }

  /** The last entries worth showing, as many as were asked for. */
  private Deque<Event.Entry> newest(RoomView view) throws IOException, InterruptedException {
    Deque<Event.Entry> newest = new ArrayDeque<>();
    List<Event.Entry> page = view.entries();
    while (true) {
      for (Event.Entry entry : page.reversed()) {
        if (newest.size() < order.last() && shows(entry)) {
          newest.addFirst(entry);
        }
      }
      if (newest.size() >= order.last() || page.isEmpty()) {
        return newest;
      }
      page =
          Visit.get(
                  visit
                      .client()
                      .history(view.room(), Direction.BEFORE, page.getFirst().number(), PAGE))
              .entries();
    }
  }

  /** Who comes and goes is only for programs. */
  private boolean shows(Event.Entry entry) {
    return switch (entry.content()) {
      case Content.Text _, Content.File _ -> true;
      case Content.Edited _ -> true;
      case Content.Joined _,
          Content.Left _,
          Content.Erased _,
          Content.Damaged _,
          Content.Deleted _,
          Content.Reacted _,
          Content.Pinned _,
          Content.RoomSet _,
          Content.Done _,
          Content.Gone _ ->
          order.json();
    };
  }

  private void show(ClientEvent event, long room) throws IOException, InterruptedException {
    switch (event) {
      case ClientEvent.Added(Event.Entry entry)
          when entry.room() == room && entry.number() > last -> {
        print(entry);
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
          throw new IOException("logged out: " + Harmless.line(reason));
      default -> {}
    }
  }

  /** Shows what the connection did not bring. */
  private void catchUp(long room, long head) throws InterruptedException {
    try {
      while (last < head) {
        Reply.Page page = Visit.get(visit.client().history(room, Direction.AFTER, last, PAGE));
        if (page.entries().isEmpty()) {
          break;
        }
        page.entries().forEach(this::print);
        last = page.entries().getLast().number();
      }
    } catch (IOException e) {
      err.println("chatroom: what came between " + last + " and " + head + " is not shown");
    }
    last = head;
  }

  private void print(Event.Entry entry) {
    if (shows(entry)) {
      out.println(order.json() ? lines.json(entry) : lines.plain(entry));
    }
  }
}
