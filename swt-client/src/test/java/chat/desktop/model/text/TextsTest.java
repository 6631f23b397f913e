// SPDX-License-Identifier: Apache-2.0
package chat.desktop.model.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.client.text.RoomSetting;
import chat.protocol.Problem;
import chat.protocol.RoomSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TextsTest {
  private final Texts english = new Texts(Language.EN);
  private final Texts chinese = new Texts(Language.ZH);

  @Test
  void bothLanguagesHaveTheSameKeys() {
    assertEquals(new TreeSet<>(english.keys()), new TreeSet<>(chinese.keys()));
  }

  @Test
  void bothLanguagesHaveTheSamePlaceholders() {
    for (String key : english.keys()) {
      assertEquals(placeholders(english.get(key)), placeholders(chinese.get(key)), key);
    }
  }

  @Test
  void nothingIsEmptyOrLeftInEnglish() {
    for (String key : english.keys()) {
      assertTrue(!english.get(key).isBlank(), key);
      boolean han = chinese.get(key).codePoints().anyMatch(c -> c >= 0x4E00 && c < 0xA000);
      assertTrue(han, key + " = " + chinese.get(key));
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyProblemHasWordsAndAPlace(Problem problem) {
    assertTrue(Refusals.text(english, problem).length() > 10);
    assertTrue(Refusals.field(problem) != null);
  }

  @Test
  void everyKeyInTheSourcesHasWordsAndEveryWordsAreUsed() throws IOException {
    Set<String> literals = new TreeSet<>();
    try (var files = Files.walk(Path.of("src/main/java"))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
        Matcher matcher =
            Pattern.compile("\"([a-z]+(?:\\.[a-zA-Z0-9]+)+)\"").matcher(Files.readString(file));
        while (matcher.find()) {
          literals.add(matcher.group(1));
        }
      }
    }
    Set<String> unused =
        english.keys().stream()
            .filter(key -> !literals.contains(key))
            .filter(
                key -> !key.matches("problem\\..*|emoji\\.group\\..*|menu\\.(chat|edit|view|help)"))
            .filter(key -> !key.startsWith("preferences.theme.") && !key.startsWith("setting."))
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(Set.of(), unused);
    for (String literal : literals) {
      String family = literal.substring(0, literal.indexOf('.') + 1);
      boolean aKey =
          Set.of("welcome.", "link.", "notice.", "message.", "compose.", "trust.").contains(family);
      assertTrue(!aKey || english.keys().contains(literal) || IDS.contains(literal), literal);
    }
  }

  /** Ids of widgets that look like keys. */
  private static final Set<String> IDS = Set.of("trust.no");

  @Test
  void theProblemsOfOtherVersionsAreNotForgotten() {
    Set<String> wanted =
        java.util.Arrays.stream(Problem.values())
            .map(p -> "problem." + p.name().toLowerCase(Locale.ROOT))
            .collect(Collectors.toCollection(TreeSet::new));
    wanted.add("problem.retry");
    Set<String> there =
        english.keys().stream()
            .filter(key -> key.startsWith("problem."))
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(wanted, there);
  }

  @Test
  void everySettingOfARoomHasItsWords() {
    RoomSettings plain = RoomSettings.of("Lab", "tests");
    assertEquals("tests", ShownSettings.details(english, plain));
    for (RoomSetting setting : RoomSetting.of(plain)) {
      if (setting instanceof RoomSetting.Flag flag) {
        assertTrue(english.keys().contains("setting." + flag.key()), flag.key());
      }
    }
    RoomSettings readOnly = RoomSettings.Change.NONE.withReadOnly(true).appliedTo(plain);
    assertEquals("tests · read only", ShownSettings.details(english, readOnly));
  }

  private static Set<String> placeholders(String text) {
    Set<String> found = new TreeSet<>();
    Matcher matcher = Pattern.compile("\\{\\d}").matcher(text);
    while (matcher.find()) {
      found.add(matcher.group());
    }
    return found;
  }
}
