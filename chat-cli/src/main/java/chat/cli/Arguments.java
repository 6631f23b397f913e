// SPDX-License-Identifier: Apache-2.0
package chat.cli;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What stands behind the word, taken apart: words and options.
 *
 * @param options in their order, with an empty text for those without a value
 * @param literal whether the words stand behind {@code --} and are what they look like
 */
record Arguments(List<String> words, Map<String, String> options, boolean literal) {
  private static final Pattern TIME = Pattern.compile("(\\d{1,6})([mhdw])");
  private static final int MOST = 1_000_000;

  /**
   * Reads from left to right.
   *
   * @param valued the options that have a value
   * @param flags those that have none
   */
  static Arguments of(List<String> arguments, Set<String> valued, Set<String> flags)
      throws CliException {
    Deque<String> rest = new ArrayDeque<>(arguments);
    List<String> words = new ArrayList<>();
    LinkedHashMap<String, String> options = new LinkedHashMap<>();
    boolean literal = false;
    while (!rest.isEmpty()) {
      String argument = rest.remove();
      if (argument.equals("--")) {
        literal = true;
        words.addAll(rest);
        rest.clear();
      } else if (argument.equals("-") || !argument.startsWith("-")) {
        words.add(argument);
      } else if (flags.contains(argument)) {
        options.putLast(argument, "");
      } else if (!valued.contains(argument)) {
        throw wrong("unknown option " + argument);
      } else if (rest.isEmpty()) {
        throw wrong(argument + " needs a value");
      } else {
        options.putLast(argument, rest.remove());
      }
    }
    return new Arguments(List.copyOf(words), options, literal);
  }

  String word(int index) {
    return words.get(index);
  }

  boolean has(String option) {
    return options.containsKey(option);
  }

  @Nullable String value(String option) {
    return options.get(option);
  }

  String value(String option, String usual) {
    return options.getOrDefault(option, usual);
  }

  int number(String option, int least, int usual) throws CliException {
    String value = value(option);
    return value == null ? usual : (int) number(option, value, least, MOST);
  }

  /** The number of a message. */
  static long message(String what, String value) throws CliException {
    return number(what, value, 1, Long.MAX_VALUE);
  }

  private static long number(String what, String value, long least, long most) throws CliException {
    try {
      long number = Long.parseLong(value);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Said below, as for a number that is too small or too large.
    }
    throw wrong(what + " needs a number from " + least + " to " + most + ", not " + value);
  }

  /** On or off; null if it is not given. */
  @Nullable Boolean state(String option) throws CliException {
    String value = value(option);
    return value == null ? null : state(option, value);
  }

  /** On or off. */
  static boolean state(String what, String value) throws CliException {
    return switch (value) {
      case "on" -> true;
      case "off" -> false;
      default -> throw wrong(what + " needs on or off, not " + value);
    };
  }

  /** A number of minutes, hours, days or weeks; null for ever. */
  @Nullable Duration time(String option) throws CliException {
    String value = value(option, "ever");
    if (value.equals("ever")) {
      return null;
    }
    Matcher parts = TIME.matcher(value);
    if (!parts.matches()) {
      throw wrong(option + " needs a time like 30m, 2h, 3d or 1w, or ever, not " + value);
    }
    int count = Integer.parseInt(parts.group(1));
    return switch (parts.group(2)) {
      case "m" -> Duration.ofMinutes(count);
      case "h" -> Duration.ofHours(count);
      case "d" -> Duration.ofDays(count);
      default -> Duration.ofDays(7L * count);
    };
  }

  static Path path(String value) throws CliException {
    try {
      return Path.of(value);
    } catch (InvalidPathException e) {
      throw wrong("no path: " + e.getMessage());
    }
  }

  static CliException wrong(String why) {
    return new CliException(Exit.USAGE, why);
  }
}
