// SPDX-License-Identifier: Apache-2.0
package chat.desktop.view.main;

import chat.desktop.model.app.ChatModel;
import chat.desktop.model.app.MentionHint;
import chat.desktop.model.text.EditHistory;
import chat.desktop.plugin.SlashCommands;
import chat.desktop.view.widget.FlatButton;
import chat.desktop.view.widget.Icon;
import chat.desktop.view.widget.Paint;
import chat.desktop.view.widget.Palette;
import chat.desktop.view.widget.Theme;
import chat.protocol.Person;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.ExtendedModifyEvent;
import org.eclipse.swt.custom.StyledText;
import org.eclipse.swt.events.VerifyEvent;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.graphics.Rectangle;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.layout.GridLayout;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Event;
import org.jspecify.annotations.Nullable;

/**
 * Where messages are written: Enter sends, Shift+Enter begins a line, and it grows with the text up
 * to a few lines. Undo is our own, the widget has none.
 */
public final class ComposeBox extends Composite {
  private static final int LINES = 6;

  /** What the box does outside of itself. */
  interface Actions {

    /** Sends a text; returns whether it was taken, so that the box can be emptied. */
    boolean send(String text);

    void chooseFiles();

    void sendFiles(List<Path> files);

    void emoji(FlatButton button);

    /** The text was changed by its writer. */
    void wrote(String text);

    /** Begins to change the newest own text. */
    void editLast();

    /** Leaves an answer or a change. */
    void leaveIntent();

    /** Who can be meant by what stands before the caret; null if nobody is being named. */
    @Nullable MentionHint hint(String text, int caret);

    /** The commands that a text may become. */
    List<SlashCommands.Offer> commands(String text);

    /** Opens what plug-ins offer. */
    void more(FlatButton button);
  }

  private final Theme theme;
  private final Actions actions;
  private final StyledText text;
  private final Composite frame;
  private final FlatButton emoji;
  private final EditHistory history = new EditHistory();
  private final Suggestions suggestions;
  private final FlatButton more;
  private boolean replaying;
  private boolean given;
  private int lines = 1;

  ComposeBox(Composite parent, Theme theme, ChatModel model, Actions actions) {
    super(parent, SWT.NONE);
    this.theme = theme;
    this.actions = actions;
    setBackground(theme.palette().paper());
    GridLayout layout = new GridLayout(5, false);
    layout.marginWidth = 12;
    layout.marginHeight = 10;
    layout.horizontalSpacing = 4;
    setLayout(layout);
    FlatButton clip = new FlatButton(this, theme, FlatButton.Weight.QUIET, "attach");
    clip.icon(Icon.CLIP).tip(theme.text("compose.file")).does(actions::chooseFiles);
    clip.setLayoutData(bottom());
    more = new FlatButton(this, theme, FlatButton.Weight.QUIET, "more");
    more.icon(Icon.PLUS).tip(theme.text("compose.more"));
    more.does(() -> actions.more(more));
    more.setLayoutData(bottom());
    offersMore(false);
    frame = new Composite(this, SWT.DOUBLE_BUFFERED);
    frame.setBackground(theme.palette().paper());
    frame.setLayoutData(new GridData(SWT.FILL, SWT.FILL, true, true));
    GridLayout inner = new GridLayout();
    inner.marginWidth = 12;
    inner.marginHeight = 9;
    frame.setLayout(inner);
    frame.addListener(SWT.Paint, event -> frame(event.gc));
    text = new StyledText(frame, SWT.MULTI | SWT.WRAP);
    suggestions =
        new Suggestions(
            new MentionPopup(getShell(), theme, model, this::name),
            new SlashPopup(getShell(), theme, this::command));
    style();
    emoji = new FlatButton(this, theme, FlatButton.Weight.QUIET, "emoji");
    emoji.icon(Icon.SMILE).tip(theme.text("compose.emoji"));
    emoji.does(this::openEmoji);
    emoji.setLayoutData(bottom());
    FlatButton send = new FlatButton(this, theme, FlatButton.Weight.ACCENT, "send");
    send.text(theme.text("compose.send")).does(this::send);
    send.setLayoutData(bottom());
  }

  public StyledText text() {
    return text;
  }

  public MentionPopup mention() {
    return suggestions.mention();
  }

  /** What is offered behind a slash, in words. */
  public List<String> slashWords() {
    return suggestions.slash().words();
  }

  /** Whether plug-ins can do something here. */
  void offersMore(boolean now) {
    more.setVisible(now);
    if (more.getLayoutData() instanceof GridData data && data.exclude == now) {
      data.exclude = !now;
      layout();
    }
  }

  /** Whether anything can be said here. */
  void writable(boolean now) {
    if (text.getEditable() != now) {
      text.setEditable(now);
      text.redraw();
    }
  }

  /** Shows another text, with the caret behind it. */
  void show(String newText) {
    if (!text.getText().equals(newText)) {
      given = true;
      text.setText(newText);
      text.setCaretOffset(newText.length());
      history.clear();
      given = false;
    }
  }

  private void command(String words) {
    text.replaceTextRange(0, text.getCharCount(), words);
    text.setCaretOffset(words.length());
    text.setFocus();
    hint();
  }

  private void name(Person person, int at) {
    String name = "@" + person.name() + " ";
    text.replaceTextRange(at, text.getCaretOffset() - at, name);
    text.setCaretOffset(at + name.length());
    text.setFocus();
  }

  /** Opens the picker; what is picked comes back through {@link #insert}. */
  void openEmoji() {
    actions.emoji(emoji);
  }

  /** Puts something where the caret is. */
  public void insert(String what) {
    Point selection = text.getSelection();
    text.replaceTextRange(selection.x, selection.y - selection.x, what);
    text.setCaretOffset(selection.x + what.length());
    text.showSelection();
    hint();
  }

  /** Puts a mark around what is selected, or around the caret. */
  void mark(String sign) {
    Point selection = text.getSelection();
    String marked = sign + text.getSelectionText() + sign;
    text.replaceTextRange(selection.x, selection.y - selection.x, marked);
    text.setSelection(selection.x + sign.length(), selection.y + sign.length());
  }

  void undo() {
    replay(history.undo());
  }

  void redo() {
    replay(history.redo());
  }

  /** Pastes text here, or sends the files or the picture on the clipboard. */
  void paste() {
    List<Path> files = Incoming.pasted(text);
    if (files.isEmpty()) {
      text.paste();
    } else {
      actions.sendFiles(files);
    }
  }

  void send() {
    if (!text.getText().isBlank() && actions.send(text.getText())) {
      text.setText("");
      history.clear();
    }
    text.setFocus();
  }

  private static GridData bottom() {
    GridData data = new GridData(SWT.CENTER, SWT.END, false, false);
    data.heightHint = 38;
    return data;
  }

  private void style() {
    Palette palette = theme.palette();
    text.setData("id", "compose");
    text.setBackground(palette.field());
    text.setForeground(palette.text());
    text.setSelectionBackground(palette.mark());
    text.setSelectionForeground(palette.text());
    text.setFont(theme.fonts().normal());
    text.setLineSpacing(1);
    GridData data = new GridData(SWT.FILL, SWT.CENTER, true, true);
    data.heightHint = text.getLineHeight();
    text.setLayoutData(data);
    text.setKeyBinding(SWT.MOD1 | 'V', SWT.NULL);
    text.setKeyBinding(SWT.CR, SWT.NULL);
    text.setKeyBinding(SWT.KEYPAD_CR, SWT.NULL);
    text.setKeyBinding(SWT.SHIFT | SWT.CR, SWT.NULL);
    text.addListener(SWT.Verify, event -> event.text = event.text.replace("\r\n", "\n"));
    text.addVerifyKeyListener(event -> event.doit = !taken(event));
    text.addListener(SWT.FocusOut, _ -> suggestions.hide());
    text.addExtendedModifyListener(this::modified);
    text.addListener(SWT.Modify, _ -> changed());
    text.addListener(SWT.Resize, _ -> grow());
    text.addListener(SWT.Traverse, this::traverse);
    text.addListener(SWT.Paint, event -> placeholder(event.gc));
    text.addListener(SWT.FocusIn, _ -> frame.redraw());
    text.addListener(SWT.FocusOut, _ -> frame.redraw());
  }

  private void traverse(Event event) {
    if (event.detail == SWT.TRAVERSE_TAB_NEXT && suggestions.shown()) {
      event.doit = false;
      suggestions.choose();
    } else if (event.detail == SWT.TRAVERSE_TAB_NEXT || event.detail == SWT.TRAVERSE_TAB_PREVIOUS) {
      event.doit = true;
    }
  }

  /** Whether a key does something else than it does in a text. */
  private boolean taken(VerifyEvent event) {
    boolean choosing = suggestions.shown();
    switch (event.keyCode) {
      case SWT.CR, SWT.KEYPAD_CR -> {
        if (choosing) {
          suggestions.choose();
        } else {
          enter((event.stateMask & SWT.SHIFT) != 0);
        }
      }
      case SWT.ARROW_UP, SWT.ARROW_DOWN -> {
        int direction = event.keyCode == SWT.ARROW_UP ? -1 : 1;
        if (choosing) {
          suggestions.step(direction);
        } else if (direction < 0 && text.getCharCount() == 0) {
          actions.editLast();
        } else {
          return false;
        }
      }
      case SWT.ESC -> {
        if (choosing) {
          suggestions.hide();
        } else {
          actions.leaveIntent();
        }
      }
      case SWT.TAB -> {}
      default -> {
        return false;
      }
    }
    return true;
  }

  private void changed() {
    grow();
    if (!given) {
      actions.wrote(text.getText());
      hint();
    }
  }

  private void hint() {
    MentionHint hint = actions.hint(text.getText(), text.getCaretOffset());
    suggestions.show(
        hint,
        actions.commands(text.getText()),
        text.toDisplay(text.getLocationAtOffset(text.getCaretOffset())));
  }

  private void enter(boolean line) {
    if (line) {
      insert("\n");
    } else {
      send();
    }
  }

  private void modified(ExtendedModifyEvent event) {
    if (!replaying && !given) {
      String inserted = text.getTextRange(event.start, event.length);
      history.add(new EditHistory.Edit(event.start, event.replacedText, inserted));
    }
  }

  private void replay(Optional<EditHistory.Edit> edit) {
    replaying = true;
    edit.ifPresent(e -> {
      text.replaceTextRange(e.start(), e.removed().length(), e.inserted());
      text.setCaretOffset(e.start() + e.inserted().length());
    });
    replaying = false;
  }

  private void grow() {
    text.redraw();
    int width = Math.max(40, text.getClientArea().width);
    int line = text.getLineHeight() + text.getLineSpacing();
    int wanted = text.computeSize(width, SWT.DEFAULT).y;
    int now = Math.clamp(Math.round(wanted / (float) line), 1, LINES);
    if (now != lines && text.getLayoutData() instanceof GridData data) {
      lines = now;
      data.heightHint = Math.min(wanted, line * LINES);
      getParent().layout();
      text.showSelection();
    }
  }

  private void placeholder(GC gc) {
    if (text.getCharCount() == 0) {
      int width = text.getClientArea().width;
      String hint = theme.text(text.getEditable() ? "compose.hint" : "compose.closed");
      Paint.text(gc, hint, theme.fonts().normal(), theme.palette().quiet(), 2, 0, width - 4);
    }
  }

  private void frame(GC gc) {
    Rectangle area = frame.getClientArea();
    Palette palette = theme.palette();
    Paint.fill(gc, palette.field(), area, 10);
    Paint.outline(gc, text.isFocusControl() ? palette.accent() : palette.line(), area, 10);
  }
}
