// SPDX-License-Identifier: Apache-2.0
package chat.server.command.message;

import chat.server.base.Tokens;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What somebody looks for: all of it must hold.
 *
 * @param phrases each a row of words, as {@link Tokens#row} makes them
 * @param words that an entry has as tokens
 * @param singles characters that are no words, see {@link Tokens}
 * @param from names of which one must be the author's; empty for anybody
 * @param in names of which one must be the room's; empty for any room
 * @param before UTC milliseconds; earlier than this
 * @param after UTC milliseconds; then or later
 */
public record SearchQuery(
    List<List<String>> phrases,
    List<String> words,
    List<String> singles,
    List<String> from,
    List<String> in,
    long before,
    long after,
    boolean file,
    boolean link) {
  private static final int TOKENS = 48;
  private static final Pattern PART =
      Pattern.compile(
          "(?:(from|in|before|after|has):)?(?:\"([^\"]*)\"?|(\\S+))", Pattern.CASE_INSENSITIVE);

  /**
   * Reads what somebody typed.
   *
   * @throws IllegalArgumentException if there is nothing to look for, or a date is none
   */
  public static SearchQuery of(String typed) {
    List<List<String>> phrases = new ArrayList<>();
    List<Tokens.Run> runs = new ArrayList<>();
    List<String> from = new ArrayList<>();
    List<String> in = new ArrayList<>();
    long before = Long.MAX_VALUE;
    long after = 0;
    boolean file = false;
    boolean link = false;
    Matcher parts = PART.matcher(typed);
    while (parts.find()) {
      String value = parts.group(2) != null ? parts.group(2) : parts.group(3);
      String key = parts.group(1) == null ? "" : parts.group(1).toLowerCase(Locale.ROOT);
      switch (key) {
        case "from" -> from.add(Tokens.fold(value.startsWith("@") ? value.substring(1) : value));
        case "in" -> in.add(Tokens.fold(value.startsWith("#") ? value.substring(1) : value));
        case "before" -> before = Math.min(before, time(value));
        case "after" -> after = Math.max(after, time(value));
        case "has" -> {
          switch (value.toLowerCase(Locale.ROOT)) {
            case "file" -> file = true;
            case "link" -> link = true;
            default -> throw new IllegalArgumentException("has:file or has:link");
          }
        }
        default -> {
          List<String> row = Tokens.row(value);
          if (!row.isEmpty()) {
            phrases.add(row);
            runs.addAll(Tokens.runs(Tokens.fold(value)));
          }
        }
      }
    }
    SearchQuery query =
        new SearchQuery(
            phrases,
            runs.stream().flatMap(run -> Tokens.words(run).stream()).distinct().toList(),
            runs.stream().filter(Tokens.Run::isSingle).map(Tokens.Run::text).distinct().toList(),
            from,
            in,
            before,
            after,
            file,
            link);
    if (query.isEmpty()) {
      throw new IllegalArgumentException("there is nothing to look for");
    }
    return query;
  }

  private boolean isEmpty() {
    return phrases.isEmpty()
        && from.isEmpty()
        && in.isEmpty()
        && before == Long.MAX_VALUE
        && after == 0
        && !file
        && !link;
  }

  private static long time(String date) {
    try {
      return date.length() > 10
          ? Instant.parse(date).toEpochMilli()
          : LocalDate.parse(date).atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("a date is written 2026-11-23", e);
    }
  }

  /** Whether a text is looked for, and not only what is said of one. */
  boolean hasText() {
    return !words.isEmpty() || !singles.isEmpty();
  }

  /**
   * Sets of words of which an entry must have one as a whole: what it has to have; that which it
   * has if an earlier build wrote it, to which single characters were words; or that there are more
   * words than are kept. Empty if anything may fit.
   */
  List<List<String>> alternatives() {
    List<List<String>> alternatives = new ArrayList<>();
    alternatives.add(required(singles.isEmpty() ? List.of() : List.of(Tokens.DENSE)));
    if (!singles.isEmpty()) {
      alternatives.add(required(singles));
    }
    if (hasText()) {
      List<String> overflow = new ArrayList<>(special());
      overflow.add(Tokens.OVERFLOW);
      alternatives.add(overflow);
    }
    return alternatives.getFirst().isEmpty() ? List.of() : alternatives;
  }

  private List<String> required(List<String> more) {
    List<String> required = new ArrayList<>(special());
    Stream.concat(words.stream(), more.stream()).limit(TOKENS).forEach(required::add);
    return required;
  }

  /** Those of them that are no words of the text. */
  private List<String> special() {
    List<String> special = new ArrayList<>();
    if (file) {
      special.add(Tokens.FILE);
    }
    if (link) {
      special.add(Tokens.LINK);
    }
    return special;
  }

  /** Whether a text holds every phrase. */
  public boolean fits(String text) {
    List<String> row = Tokens.row(text);
    return phrases.stream().allMatch(phrase -> Collections.indexOfSubList(row, phrase) >= 0);
  }

  /** Whether something of this time is looked for. */
  boolean fits(long time) {
    return time >= after && time < before;
  }
}
