// SPDX-License-Identifier: Apache-2.0
package chat.example.poll;

import chat.desktop.api.Compose;
import chat.desktop.api.ComposeAction;
import chat.desktop.api.Drawing;
import chat.desktop.api.Message;
import chat.desktop.api.MessageRenderer;
import chat.desktop.api.Workbench;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.widgets.Shell;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Begins polls, and draws how they stand. Who has no such plug-in reads the question and votes by
 * reactions.
 */
@Component
public final class Poll implements ComposeAction, MessageRenderer {
  private static final String SIGN = "📊 ";
  private static final List<String> DIGITS =
      List.of("1️⃣", "2️⃣", "3️⃣", "4️⃣", "5️⃣", "6️⃣", "7️⃣", "8️⃣", "9️⃣");

  private final Workbench workbench;

  @Activate
  public Poll(@Reference Workbench workbench) {
    this.workbench = workbench;
  }

  @Override
  public String title() {
    return "Begin a poll";
  }

  @Override
  public void run(Shell shell, Compose compose) {
    String question = compose.text().isBlank() ? "What do you think?" : compose.text().strip();
    compose.replace(SIGN + question + "\n" + DIGITS.get(0) + " Yes\n" + DIGITS.get(1) + " No");
  }

  @Override
  public Optional<Rendering> render(Shown shown, Canvas canvas) {
    Message message = shown.message();
    String text = message.body().text();
    List<Choice> choices =
        text.startsWith(SIGN)
            ? DIGITS.stream().flatMap(digit -> Choice.of(message, digit).stream()).toList()
            : List.of();
    return choices.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Rendering(List.of(), Optional.of(new Bars(workbench, message, choices, canvas))));
  }

  /** One line of a poll, and how many are for it. */
  private record Choice(String digit, String text, int votes, boolean own) {

    static Optional<Choice> of(Message message, String digit) {
      Message.Reaction none = new Message.Reaction(digit, 0, false);
      Message.Reaction votes =
          message.reactions().stream()
              .filter(each -> each.emoji().equals(digit))
              .findFirst()
              .orElse(none);
      return message
          .body()
          .text()
          .lines()
          .filter(line -> line.startsWith(digit))
          .findFirst()
          .map(line -> line.substring(digit.length()).strip())
          .map(text -> new Choice(digit, text, votes.count(), votes.own()));
    }
  }

  /** A bar for each choice; a click on it votes. */
  private record Bars(
      Workbench workbench, Message message, List<Choice> choices, MessageRenderer.Canvas canvas)
      implements Drawing {
    private static final int LINE = 30;

    @Override
    public Point size() {
      return new Point(Math.min(320, canvas.width()), choices.size() * LINE);
    }

    @Override
    public void paint(GC gc, int x, int y) {
      int all = Math.max(1, choices.stream().mapToInt(Choice::votes).sum());
      for (int i = 0; i < choices.size(); i++) {
        Choice choice = choices.get(i);
        int top = y + i * LINE;
        gc.setBackground(canvas.look().line());
        gc.fillRoundRectangle(x, top + 22, size().x, 5, 5, 5);
        if (choice.votes() > 0) {
          gc.setBackground(canvas.look().accent());
          gc.fillRoundRectangle(x, top + 22, size().x * choice.votes() / all, 5, 5, 5);
        }
        gc.setForeground(choice.own() ? canvas.look().accent() : canvas.look().text());
        gc.drawText(words(choice), x, top + 2, SWT.DRAW_TRANSPARENT);
      }
    }

    private static String words(Choice choice) {
      return choice.text() + " – " + choice.votes();
    }

    @Override
    public void clicked(int x, int y) {
      int line = y / LINE;
      if (line >= 0 && line < choices.size()) {
        var unused = workbench.chat().react(message, choices.get(line).digit());
      }
    }

    @Override
    public String words() {
      return choices.stream().map(Bars::words).collect(Collectors.joining(", "));
    }
  }
}
