// SPDX-License-Identifier: Apache-2.0
package chat.desktop.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.client.Link;
import chat.client.text.ServerAddress;
import chat.desktop.model.app.LinkStatus;
import chat.desktop.model.platform.Downloads;
import chat.desktop.model.platform.Settings;
import chat.desktop.model.platform.ThemeChoice;
import chat.desktop.model.room.Marks;
import chat.desktop.model.text.EditHistory;
import chat.desktop.model.text.EmojiCatalog;
import chat.desktop.model.text.Language;
import chat.desktop.model.text.PersonLook;
import chat.desktop.model.text.TextShapes;
import chat.desktop.model.text.Texts;
import chat.protocol.Person;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SmallPartsTest {

  @Test
  void theModelKnowsNoWidget() throws IOException {
    try (var files = Files.walk(Path.of("src/main/java/chat/desktop/model"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertFalse(Files.readString(file).contains("org.eclipse"), file.toString());
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "chat.example.org, chat.example.org:7667",
    " h:1 , h:1",
    "[::1]:99, [::1]:99",
    "[::1], [::1]:7667",
    "fe80::1, [fe80::1]:7667"
  })
  void addresses(String text, String meant) {
    assertEquals(meant, ServerAddress.parse(text).orElseThrow().toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", ":5", "h:", "h:0", "h:70000", "h:x", "a b", "http://h", "u@h"})
  void noAddresses(String text) {
    assertEquals(Optional.empty(), ServerAddress.parse(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "👍",
        "❤️",
        "👨‍👩‍👧",
        "🇨🇳🇩🇪",
        "😀 😀",
        "1️⃣",
        "#️⃣",
        "👍🏽",
        "👩🏽‍🚀",
        "👨🏿‍🤝‍👨🏻",
        "🏳️‍🌈",
        "🏴󠁧󠁢󠁥󠁮󠁧󠁿",
        "👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦"
      })
  void onlyEmoji(String text) {
    assertTrue(TextShapes.onlyEmoji(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", "a", "1", "#", "👍 ok", "😀😀😀😀😀😀", "🇨🇳🇩🇪🇫🇷🇮🇹🇪🇸🇵🇹", "你好"})
  void notOnlyEmoji(String text) {
    assertFalse(TextShapes.onlyEmoji(text));
  }

  @ParameterizedTest
  @CsvSource({
    "a.txt, a.txt",
    "../../etc/passwd, _.._etc_passwd",
    "C:\\x\\y.txt, C__x_y.txt",
    ".bashrc, bashrc",
    "con.txt, _con.txt",
    "..., file"
  })
  void namesOfStoredFilesLeadNowhere(String label, String name) {
    assertEquals(name, Downloads.safeName(label));
  }

  @Test
  void aFileNeverOverwritesAnother(@TempDir Path folder) throws IOException {
    Files.createFile(folder.resolve("a.txt"));
    Files.createFile(folder.resolve("a (2).txt.part"));
    assertEquals(folder.resolve("a (3).txt"), Downloads.free(folder, "a.txt"));
  }

  @Test
  void emojiAreFoundByWordsOfBothLanguages() {
    EmojiCatalog catalog = new EmojiCatalog();
    assertTrue(catalog.all().size() > 1500);
    assertEquals("🚀", catalog.search("rocket").getFirst().text());
    assertEquals("🚀", catalog.search("火箭").getFirst().text());
    assertTrue(catalog.search("red hea").stream().anyMatch(e -> e.text().equals("❤️")));
    assertEquals(List.of(), catalog.search("qqqq"));
    assertTrue(EmojiCatalog.GROUPS.stream().allMatch(g -> !catalog.group(g).isEmpty()));
  }

  @Test
  void settingsSurviveAndBrokenOnesAreTheUsualOnes(@TempDir Path folder) throws IOException {
    Settings settings = Settings.open(folder);
    assertTrue(settings.notifications());
    settings.notifications(false);
    settings.language(Optional.of(Language.ZH));
    settings.theme(ThemeChoice.DARK);
    settings.usedEmoji("🚀");
    settings.usedEmoji("👍");
    settings.usedEmoji("🚀");
    settings.window(List.of(1, 2, 3, 4, 0));
    Settings again = Settings.open(folder);
    assertFalse(again.notifications());
    assertEquals(Optional.of(Language.ZH), again.language());
    assertEquals(ThemeChoice.DARK, again.theme());
    assertEquals(List.of("🚀", "👍"), again.recentEmoji());
    assertEquals(List.of(1, 2, 3, 4, 0), again.window());
    Files.writeString(folder.resolve("desktop.properties"), "messages=x\ntheme=y\nwindow=a b\n");
    Settings broken = Settings.open(folder);
    assertTrue(broken.notifications());
    assertEquals(ThemeChoice.SYSTEM, broken.theme());
    assertEquals(List.of(), broken.window());
  }

  @Test
  void theStripTellsTheTruth() {
    Texts texts = new Texts(Language.EN);
    Instant now = Instant.ofEpochSecond(100);
    LinkStatus lost = LinkStatus.of(new Link.Lost("gone", now.plusMillis(4200)), "h", now, texts);
    assertEquals("Connection lost · retry in 5 s · gone", lost.text());
    assertTrue(lost.canRetry());
    assertEquals(LinkStatus.Tone.BAD, lost.tone());
    assertEquals(
        LinkStatus.Tone.GOOD, LinkStatus.of(new Link.Online("TLS"), "h", now, texts).tone());
    assertEquals(
        LinkStatus.Tone.WAITING,
        LinkStatus.of(new Link.Connected("x", true), "h", now, texts).tone());
  }

  @Test
  void undoTakesBackWordsAndRedoBringsThemAgain() {
    EditHistory history = new EditHistory();
    String text = "";
    for (char c : "ab cd".toCharArray()) {
      history.add(new EditHistory.Edit(text.length(), "", String.valueOf(c)));
      text += c;
    }
    EditHistory.Edit last = history.undo().orElseThrow();
    assertEquals(new EditHistory.Edit(3, "cd", ""), last);
    assertEquals(new EditHistory.Edit(3, "", "cd"), history.redo().orElseThrow());
    history.undo();
    history.undo();
    history.undo();
    assertEquals(Optional.empty(), history.undo());
  }

  @Test
  void theInitialIsALetterOfAnyScript() {
    assertEquals("É", PersonLook.initial(new Person(1, "émile")));
    assertEquals("小", PersonLook.initial(new Person(1, "小明")));
    assertEquals("👩‍🚀", PersonLook.initial(new Person(1, "👩‍🚀x")));
  }

  @Test
  void marksMoveWithTheirRows() {
    Marks marks = new Marks();
    marks.begin(new Marks.Place(5, 3));
    marks.extend(new Marks.Place(2, 1));
    assertEquals(new Marks.Place(2, 1), marks.start());
    marks.inserted(0, 10);
    assertEquals(new Marks.Place(15, 3), marks.end());
    marks.removed(13, 1);
    assertTrue(marks.isEmpty());
  }
}
