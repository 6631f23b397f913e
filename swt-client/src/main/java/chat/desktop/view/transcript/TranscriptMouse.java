// SPDX-License-Identifier: Apache-2.0
package chat.desktop.view.transcript;

import chat.client.ClientEvent.Transfer;
import chat.desktop.model.app.ChatModel;
import chat.desktop.model.app.FileActions;
import chat.desktop.model.app.Unsettled;
import chat.desktop.model.platform.DesktopIntegration;
import chat.desktop.model.room.Marks;
import chat.desktop.model.room.Row;
import chat.desktop.model.text.MessageLink;
import java.nio.file.Path;
import java.text.BreakIterator;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.widgets.Event;

/** What the mouse does in the transcript: marks text, follows links, works the cards of files. */
final class TranscriptMouse {
  private final TranscriptView view;
  private final ChatModel model;
  private final FileActions files;
  private final DesktopIntegration integration;
  private final MessageMenu deeds;
  private String tip = "";
  private boolean marking;
  private boolean moved;

  TranscriptMouse(
      TranscriptView view,
      ChatModel model,
      FileActions files,
      DesktopIntegration integration,
      MessageMenu deeds) {
    this.view = view;
    this.model = model;
    this.files = files;
    this.integration = integration;
    this.deeds = deeds;
  }

  void listen() {
    view.addListener(SWT.MouseDown, this::down);
    view.addListener(SWT.MouseMove, this::move);
    view.addListener(SWT.MouseUp, this::up);
    view.addListener(SWT.MouseDoubleClick, this::word);
    view.addListener(SWT.MenuDetect, this::menu);
  }

  /** By the mouse it is the menu of what is below it, by a key that of the cursor. */
  private void menu(Event event) {
    TranscriptMenu menu = new TranscriptMenu(view, model, files, integration, deeds);
    if (event.detail == SWT.MENU_KEYBOARD) {
      menu.open(view.cursor(), new RowPicture.Spot.Empty(), view.cornerOf(view.cursor()));
      return;
    }
    Point at = view.toControl(event.x, event.y);
    int row = view.rowAt(at.y);
    menu.open(row, spot(row, at.x, at.y), new Point(event.x, event.y));
  }

  private RowPicture.Spot spot(int row, int x, int y) {
    return row < 0 ? new RowPicture.Spot.Empty() : view.picture(row).at(x, y - view.topOf(row));
  }

  private void down(Event event) {
    view.setFocus();
    int row = view.rowAt(event.y);
    if (event.button != 1 || row < 0) {
      return;
    }
    Marks.Place place = place(row, event);
    if ((event.stateMask & SWT.SHIFT) != 0) {
      view.marks().extend(place);
    } else {
      view.marks().begin(place);
    }
    marking = true;
    moved = false;
    view.redraw();
  }

  private void move(Event event) {
    int row = view.rowAt(event.y);
    if (!marking) {
      RowPicture.Spot spot = spot(row, event.x, event.y);
      view.setCursor(view.getDisplay().getSystemCursor(cursor(spot)));
      tip(tip(spot));
      return;
    }
    if (row >= 0) {
      view.marks().extend(place(row, event));
      moved |= !view.marks().isEmpty();
      view.redraw();
    }
    if (event.y < 0) {
      view.scrollBy(event.y);
    } else if (event.y > view.getClientArea().height) {
      view.scrollBy(event.y - view.getClientArea().height);
    }
  }

  private void tip(String text) {
    if (!tip.equals(text)) {
      tip = text;
      view.setToolTipText(text.isEmpty() ? null : text);
    }
  }

  private static String tip(RowPicture.Spot spot) {
    return switch (spot) {
      case RowPicture.Spot.Reaction(String emoji, String who) -> emoji + " " + who;
      case RowPicture.Spot.Ticks(String who) -> who;
      case RowPicture.Spot.Empty _,
          RowPicture.Spot.Letter _,
          RowPicture.Spot.Link _,
          RowPicture.Spot.Card _,
          RowPicture.Spot.Thumbnail _,
          RowPicture.Spot.CardButton _,
          RowPicture.Spot.Quoted _,
          RowPicture.Spot.Drawn _,
          RowPicture.Spot.Retry _,
          RowPicture.Spot.Discard _ ->
          "";
    };
  }

  private void up(Event event) {
    if (event.button == 1 && marking && !moved) {
      int row = view.rowAt(event.y);
      click(row, spot(row, event.x, event.y));
    }
    marking = false;
  }

  private void click(int row, RowPicture.Spot spot) {
    switch (spot) {
      case RowPicture.Spot.Empty _, RowPicture.Spot.Letter _, RowPicture.Spot.Ticks _ -> {}
      case RowPicture.Spot.Reaction(String emoji, String _) -> {
        if (view.rows().get(row) instanceof Row.MessageRow told) {
          deeds.actions().react(told, emoji);
        }
      }
      case RowPicture.Spot.Quoted(long number) -> view.jump(number);
      case RowPicture.Spot.Drawn(Runnable click) -> click.run();
      case RowPicture.Spot.Link(String address, int _) ->
          MessageLink.parse(address)
              .ifPresentOrElse(view::follow, () -> integration.browse(address));
      case RowPicture.Spot.Card _ -> {
        if (view.rows().get(row) instanceof Row.Filed filed) {
          files.activate(filed);
        }
      }
      case RowPicture.Spot.Thumbnail _ -> enlarge(view.rows().get(row));
      case RowPicture.Spot.CardButton _ -> cardButton(view.rows().get(row));
      case RowPicture.Spot.Retry _ -> Unsettled.retry(model, view.rows().get(row));
      case RowPicture.Spot.Discard _ -> Unsettled.discard(model, view.rows().get(row));
    }
  }

  private void enlarge(Row row) {
    switch (row) {
      case Row.Filed filed -> {
        Path here = model.traffic().localFile(filed.entry().id());
        if (here != null) {
          view.enlarge(filed.file().name(), here);
        }
      }
      case Row.Sending(Transfer upload, long _) -> view.enlarge(upload.name(), upload.file());
      case Row.Said _, Row.Deleted _, Row.Managed _, Row.Notice _, Row.Unsent _ -> {}
    }
  }

  private void cardButton(Row row) {
    switch (row) {
      case Row.Filed filed -> files.button(filed);
      case Row.Sending sending -> model.traffic().cancel(sending.id());
      case Row.Said _, Row.Deleted _, Row.Managed _, Row.Notice _, Row.Unsent _ -> {}
    }
  }

  private void word(Event event) {
    int row = view.rowAt(event.y);
    if (row < 0 || !(spot(row, event.x, event.y) instanceof RowPicture.Spot.Letter(int offset))) {
      return;
    }
    String text = view.picture(row).text();
    BreakIterator words = BreakIterator.getWordInstance();
    words.setText(text);
    int end = words.following(Math.min(offset, Math.max(0, text.length() - 1)));
    int start = words.previous();
    view.marks().begin(new Marks.Place(row, Math.max(0, start)));
    view.marks().extend(new Marks.Place(row, end < 0 ? text.length() : end));
    view.redraw();
  }

  private Marks.Place place(int row, Event event) {
    Point inRow = new Point(event.x, event.y - view.topOf(row));
    return new Marks.Place(row, view.picture(row).offset(inRow));
  }

  private static int cursor(RowPicture.Spot spot) {
    return switch (spot) {
      case RowPicture.Spot.Empty _, RowPicture.Spot.Ticks _ -> SWT.CURSOR_ARROW;
      case RowPicture.Spot.Letter _ -> SWT.CURSOR_IBEAM;
      case RowPicture.Spot.Link _,
          RowPicture.Spot.Card _,
          RowPicture.Spot.Thumbnail _,
          RowPicture.Spot.CardButton _,
          RowPicture.Spot.Reaction _,
          RowPicture.Spot.Quoted _,
          RowPicture.Spot.Drawn _,
          RowPicture.Spot.Retry _,
          RowPicture.Spot.Discard _ ->
          SWT.CURSOR_HAND;
    };
  }
}
