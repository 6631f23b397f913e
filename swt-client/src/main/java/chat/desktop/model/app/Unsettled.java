// SPDX-License-Identifier: Apache-2.0
package chat.desktop.model.app;

import chat.desktop.model.room.Row;

/** What can be done about something of our own that did not get through. */
public final class Unsettled {

  private Unsettled() {}

  /** Tries once more. */
  public static void retry(ChatModel model, Row row) {
    switch (row) {
      case Row.Unsent unsent -> model.retry(unsent);
      case Row.Sending sending -> {
        model.traffic().dismiss(sending);
        var unused = model.traffic().upload(sending.transfer().file());
      }
      case Row.MessageRow _, Row.Deleted _, Row.Managed _, Row.Notice _ -> {}
    }
  }

  /** Gives it up. */
  public static void discard(ChatModel model, Row row) {
    switch (row) {
      case Row.Unsent unsent -> model.discard(unsent.id());
      case Row.Sending sending -> {
        model.traffic().cancel(sending.id());
        model.traffic().dismiss(sending);
      }
      case Row.MessageRow _, Row.Deleted _, Row.Managed _, Row.Notice _ -> {}
    }
  }
}
