// SPDX-License-Identifier: Apache-2.0
package chat.desktop.model.text;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/** All emoji, by group and by what they are called. */
public final class EmojiCatalog {

  /** The groups of the Unicode chart, without the one of mere components. */
  public static final List<Integer> GROUPS = List.of(0, 1, 3, 4, 5, 6, 7, 8, 9);

  private final List<Emoji> all;

  public EmojiCatalog() {
    var stream = EmojiCatalog.class.getResourceAsStream("emoji.tsv");
    try (var in =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(stream, "emoji.tsv"), StandardCharsets.UTF_8))) {
      all = in.lines().filter(line -> !line.startsWith("# ")).map(EmojiCatalog::parse).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public List<Emoji> all() {
    return all;
  }

  public List<Emoji> group(int group) {
    return all.stream().filter(emoji -> emoji.group() == group).toList();
  }

  public Optional<Emoji> find(String text) {
    return all.stream().filter(emoji -> emoji.text().equals(text)).findFirst();
  }

  /**
   * Those of which every word of the query begins a word, or is part of a Chinese one; best first.
   */
  public List<Emoji> search(String query) {
    String[] words = query.strip().toLowerCase(Locale.ROOT).split("\\s+");
    return all.stream()
        .filter(emoji -> Arrays.stream(words).allMatch(word -> distance(emoji, word) < 4))
        .sorted(Comparator.comparingInt(emoji -> distance(emoji, words[0])))
        .toList();
  }

  private static int distance(Emoji emoji, String word) {
    String name = emoji.english().getFirst();
    if (name.equals(word) || emoji.chinese().getFirst().equals(word)) {
      return 0;
    }
    if (beginsWord(name, word) || emoji.chinese().getFirst().contains(word)) {
      return 1;
    }
    if (emoji.english().contains(word) || emoji.chinese().contains(word)) {
      return 2;
    }
    return emoji.english().stream().anyMatch(key -> beginsWord(key, word))
            || emoji.chinese().stream().anyMatch(key -> key.contains(word))
            || emoji.text().equals(word)
        ? 3
        : 4;
  }

  private static boolean beginsWord(String key, String word) {
    String lower = key.toLowerCase(Locale.ROOT);
    return lower.startsWith(word) || lower.contains(" " + word);
  }

  private static Emoji parse(String line) {
    String[] parts = line.split("\t");
    return new Emoji(
        Integer.parseInt(parts[0]),
        parts[1],
        List.of(parts[2].split(",")),
        List.of(parts[3].split(",")));
  }
}
