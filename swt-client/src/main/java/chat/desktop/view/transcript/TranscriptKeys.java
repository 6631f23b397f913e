// SPDX-License-Identifier: Apache-2.0
package chat.desktop.view.transcript;

import chat.desktop.model.room.Row;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Event;

/** What the keys do in the transcript: they scroll, and move a cursor from message to message. */
record TranscriptKeys(TranscriptView view, MessageMenu deeds) {

  void pressed(Event event) {
    int page = Math.max(TranscriptView.STEP, view.getClientArea().height - TranscriptView.STEP);
    switch (event.keyCode) {
      case SWT.ARROW_UP -> step(-1);
      case SWT.ARROW_DOWN -> step(1);
      case SWT.PAGE_UP -> view.scrollBy(-page);
      case SWT.PAGE_DOWN -> view.scrollBy(page);
      case SWT.HOME -> {
        view.viewport().scrollTo(0);
        view.loadOlder();
        view.moved();
      }
      case SWT.END -> view.backToNow();
      case SWT.ESC -> {
        if (view.cursor() < 0) {
          view.markRead();
        }
        view.cursor(-1);
      }
      default -> {
        if (view.cursor() >= 0 && view.rows().get(view.cursor()) instanceof Row.MessageRow told) {
          event.doit = !deeds.key(told, event, view.cornerOf(view.cursor()));
        }
      }
    }
  }

  /** Moves the cursor to the next message; where there is none it scrolls. */
  private void step(int direction) {
    int cursor = view.cursor();
    int next = cursor < 0 ? firstStep(direction) : cursor + direction;
    while (next >= 0
        && next < view.rows().size()
        && !(view.rows().get(next) instanceof Row.MessageRow)) {
      next += direction;
    }
    if (next < 0 || next >= view.rows().size()) {
      view.scrollBy((long) direction * TranscriptView.STEP);
      return;
    }
    view.cursor(next);
    view.measure(next);
    int top = view.topOf(next);
    int below =
        top
            + view.viewport().heights().get(next)
            - view.getClientArea().height
            + TranscriptView.FOOT;
    view.scrollBy(top < 0 ? top : Math.max(0, below));
    if (direction < 0 && view.viewport().top() < view.getClientArea().height) {
      view.loadOlder();
    }
  }

  /** The keys begin with what is in sight. */
  private int firstStep(int direction) {
    return direction < 0
        ? view.rowAt(view.getClientArea().height - TranscriptView.FOOT - 2)
        : view.viewport().first();
  }
}
