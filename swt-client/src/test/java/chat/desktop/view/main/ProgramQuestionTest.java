// SPDX-License-Identifier: Apache-2.0
package chat.desktop.view.main;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.desktop.model.platform.DesktopNotifications;
import chat.desktop.model.text.Language;
import chat.desktop.model.text.Texts;
import chat.desktop.ui.Studio;
import chat.desktop.ui.Ui;
import chat.desktop.ui.Widgets;
import chat.desktop.view.widget.AppContext;
import chat.desktop.view.widget.Faces;
import chat.desktop.view.widget.Palette;
import chat.desktop.view.widget.Theme;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Shell;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Before a program is opened somebody is asked, in the words of the window; Enter means no. */
@ExtendWith(Ui.class)
class ProgramQuestionTest {
  @TempDir Path folder;
  private final List<String> done = new ArrayList<>();
  private Shell parent;

  @AfterEach
  void close() {
    Ui.run(() -> parent.dispose());
  }

  private Shell asked(Language language) throws Exception {
    AppContext context = new Studio(folder).setup(language, Palette.light());
    Texts texts = context.texts();
    Ui.run(() -> {
      parent = new Shell(Ui.display());
      parent.setSize(600, 400);
      parent.open();
      Faces faces = new Faces(Ui.display(), person -> null, () -> {});
      Theme theme = Theme.of(Ui.display(), context.palette(), texts, context.zone(), faces);
      new NativeDesktopIntegration(parent, theme, texts, DesktopNotifications.none())
          .askToRun(Path.of("tool.sh"), () -> done.add("opened"));
    });
    return Ui.ask(() -> Widgets.shell(Ui.display(), "ask").orElseThrow());
  }

  private static String word(Shell shell, String id) {
    return Ui.ask(() -> ((Button) Widgets.find(shell, id)).getText());
  }

  @Test
  void theButtonsSpeakTheLanguageOfTheWindow() throws Exception {
    Shell question = asked(Language.ZH);
    assertEquals("打开", word(question, "ask.yes"));
    assertEquals("取消", word(question, "ask.no"));
  }

  @Test
  void enterMeansNoAndTheButtonOpens() throws Exception {
    Shell question = asked(Language.EN);
    assertEquals("Cancel", Ui.ask(() -> question.getDefaultButton().getText()));
    Ui.run(() -> Widgets.send(question.getDefaultButton()));
    assertTrue(Ui.ask(question::isDisposed));
    assertEquals(List.of(), done);

    Shell again = asked(Language.EN);
    assertEquals("Open", word(again, "ask.yes"));
    Ui.run(() -> Widgets.send(Widgets.find(again, "ask.yes")));
    assertEquals(List.of("opened"), done);
  }
}
