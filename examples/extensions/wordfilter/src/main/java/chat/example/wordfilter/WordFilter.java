// SPDX-License-Identifier: Apache-2.0
package chat.example.wordfilter;

import chat.extension.MessageHook;
import chat.extension.ProposedText;
import chat.extension.Verdict;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * Hides words, and refuses texts with others. The words stand in {@code conf/words.txt} of the data
 * folder, one a line, behind {@code -} if the text is refused; they are read when the extension
 * begins.
 */
@Component
public final class WordFilter implements MessageHook {
  private static final Pattern NONE = Pattern.compile("(?!)");

  private final Pattern hidden;
  private final Pattern refused;

  @Activate
  public WordFilter(BundleContext bundles) throws IOException {
    this(lines(Path.of(bundles.getProperty("chat.conf")).resolve("words.txt")));
  }

  WordFilter(List<String> lines) {
    this.hidden = anyOf(lines.stream().filter(line -> !line.startsWith("-")).toList());
    this.refused =
        anyOf(
            lines.stream()
                .filter(line -> line.startsWith("-"))
                .map(line -> line.substring(1))
                .toList());
  }

  private static List<String> lines(Path file) throws IOException {
    return Files.exists(file) ? Files.readAllLines(file, StandardCharsets.UTF_8) : List.of();
  }

  private static Pattern anyOf(List<String> words) {
    String alternatives =
        words.stream()
            .map(String::strip)
            .filter(word -> !word.isEmpty() && !word.startsWith("#"))
            .map(Pattern::quote)
            .collect(Collectors.joining("|"));
    return alternatives.isEmpty()
        ? NONE
        : Pattern.compile(
            "(?<![\\p{L}\\p{N}])(?:" + alternatives + ")(?![\\p{L}\\p{N}])",
            Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
  }

  @Override
  public Verdict check(ProposedText text) {
    if (refused.matcher(text.text()).find()) {
      return new Verdict.Refuse("A word in it is not wanted here.");
    }
    String left = hidden.matcher(text.text()).replaceAll(word -> "*".repeat(word.group().length()));
    return left.equals(text.text()) ? new Verdict.Allow() : new Verdict.Replace(left);
  }
}
