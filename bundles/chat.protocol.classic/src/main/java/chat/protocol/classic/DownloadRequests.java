// SPDX-License-Identifier: Apache-2.0
package chat.protocol.classic;

import chat.protocol.Command;
import chat.protocol.Content;
import chat.protocol.Event;
import chat.protocol.Reply;
import chat.protocol.RoomInfo;

/** 99: fetching a file, if it is one that the client can take. */
final class DownloadRequests {
  private DownloadRequests() {}

  static void begin(AdapterCall turn, Request.Download download) {
    turn.ask(Task.SEEK_FILE);
  }

  private static String file(AdapterCall turn) {
    return turn.request() instanceof Request.Download download ? download.file() : "";
  }

  static Command seek(AdapterCall turn) {
    return new Command.Files(RoomInfo.LOBBY, turn.memory().number("request.before"), turn.page());
  }

  /** The newest one of this name. */
  static void sought(AdapterCall turn, Reply reply) {
    if (!(reply instanceof Reply.Page page)) {
      refuse(turn);
      return;
    }
    for (Event.Entry entry : page.entries().reversed()) {
      if (entry.content() instanceof Content.File known
          && FieldText.file(known.name()).equals(file(turn))) {
        found(turn, entry.number(), known.size());
        return;
      }
    }
    if (ListRequests.goesOn(turn, page)) {
      turn.ask(Task.SEEK_FILE);
    } else {
      refuse(turn);
    }
  }

  private static void found(AdapterCall turn, long number, long size) {
    if (!Frames.carries(file(turn), size)) {
      turn.notice(file(turn) + " has " + size + " bytes: too large for this program.");
      refuse(turn);
    } else if (size == 0) {
      turn.send(Frames.download(file(turn), new byte[0]));
      turn.done();
    } else {
      turn.memory().number("request.number", number);
      turn.ask(Task.FETCH);
    }
  }

  private static void refuse(AdapterCall turn) {
    turn.send(Frames.of("291"));
    turn.done();
  }

  static Command fetch(AdapterCall turn) {
    return new Command.Download(
        RoomInfo.LOBBY, turn.memory().number("request.number"), 0, Frames.SIZE);
  }

  static void fetched(AdapterCall turn, Reply reply) {
    if (reply instanceof Reply.Data data && Frames.carries(file(turn), data.bytes())) {
      turn.send(Frames.download(file(turn), data.bytes()));
      turn.done();
    } else {
      turn.notice(file(turn) + " is no text: this program can't fetch it.");
      refuse(turn);
    }
  }
}
