// SPDX-License-Identifier: Apache-2.0
package chat.desktop.view.main;

import chat.desktop.model.app.ChatModel;
import chat.desktop.model.room.Room;
import chat.desktop.view.transcript.RowFrame;
import chat.desktop.view.widget.Paint;
import chat.desktop.view.widget.Theme;
import chat.protocol.Person;
import java.util.List;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.widgets.Canvas;
import org.eclipse.swt.widgets.Composite;

/** Who is writing in the room that is shown. Its place is always there, so nothing moves. */
public final class TypingLine extends Canvas {
  private static final int HEIGHT = 20;

  private final Theme theme;
  private final ChatModel model;

  TypingLine(Composite parent, Theme theme, ChatModel model) {
    super(parent, SWT.DOUBLE_BUFFERED);
    this.theme = theme;
    this.model = model;
    setData("id", "typing");
    setBackground(theme.palette().paper());
    addListener(SWT.Paint, event -> paint(event.gc));
  }

  @Override
  public Point computeSize(int wHint, int hHint, boolean changed) {
    return new Point(wHint == SWT.DEFAULT ? 300 : wHint, HEIGHT);
  }

  public String words() {
    Room room = model.current();
    List<Person> people = room == null ? List.of() : room.typing();
    return switch (people.size()) {
      case 0 -> "";
      case 1 -> theme.text("typing.one", people.getFirst().shown());
      case 2 -> theme.text("typing.two", people.getFirst().shown(), people.getLast().shown());
      default -> theme.text("typing.many", people.size());
    };
  }

  private void paint(GC gc) {
    int width = getClientArea().width - 2 * RowFrame.EDGE;
    Paint.line(
        gc,
        words(),
        theme.fonts().small(),
        theme.palette().quiet(),
        RowFrame.EDGE,
        HEIGHT / 2 + 1,
        width);
  }
}
