// SPDX-License-Identifier: Apache-2.0
package chat.desktop.view.widget;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.desktop.FakeService;
import chat.desktop.ui.Studio;
import chat.desktop.ui.Ui;
import chat.desktop.view.EmojiPage;
import chat.desktop.view.MainPage;
import java.nio.file.Path;
import java.util.List;
import org.eclipse.swt.SWT;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(Ui.class)
class EmojiPickerTest {
  @TempDir Path folder;
  private final EmojiPage picker = new EmojiPage();
  private Studio studio;
  private MainPage page;

  @BeforeEach
  void open() throws Exception {
    studio = new Studio(folder);
    FakeService service = new FakeService();
    page = studio.main(service);
    service.enter();
    page.write("ab");
    Ui.run(() -> page.composeText().setCaretOffset(1));
    page.press("emoji");
  }

  @Test
  void isFoundByWordsAndInsertedAtTheCaret() {
    picker.search("rocket");
    assertEquals("🚀", picker.choice());
    picker.traverse(SWT.TRAVERSE_RETURN);
    assertEquals("a🚀b", page.draft());
    assertFalse(picker.isOpen());
    assertEquals(List.of("🚀"), studio.settings.recentEmoji());
  }

  @Test
  void isFoundByChineseWords() {
    picker.search("火箭");
    assertEquals("🚀", picker.choice());
  }

  @Test
  void theKeysMoveTheChoice() {
    List<String> shown = picker.shown();
    assertTrue(shown.size() > 1500);
    picker.key(SWT.ARROW_RIGHT);
    assertEquals(shown.get(1), picker.choice());
    picker.key(SWT.ARROW_DOWN);
    assertEquals(shown.get(1 + EmojiGrid.COLUMNS), picker.choice());
    picker.key(SWT.ARROW_UP);
    picker.key(SWT.ARROW_LEFT);
    assertEquals(shown.getFirst(), picker.choice());
    assertNotEquals(shown.get(1), picker.choice());
  }

  @Test
  void escapeClosesWithoutInserting() {
    picker.traverse(SWT.TRAVERSE_ESCAPE);
    assertFalse(picker.isOpen());
    assertEquals("ab", page.draft());
  }

  @Test
  void whatWasUsedComesFirst() {
    picker.search("火箭");
    picker.traverse(SWT.TRAVERSE_RETURN);
    page.press("emoji");
    assertEquals("🚀", picker.shown().getFirst());
  }
}
