// SPDX-License-Identifier: Apache-2.0
package chat.desktop.plugin;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** What a plug-in claims in its manifest to do, shown before it is installed. */
public enum Right {
  READS_MESSAGES,
  SENDS_MESSAGES,
  FILES,
  NETWORK;

  /** How it is written in a manifest. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Several as they stand in a manifest. */
  public static String words(Set<Right> rights) {
    return rights.stream().sorted().map(Right::word).collect(Collectors.joining(", "));
  }

  /** Reads what {@link #words} wrote, or what a person did. */
  static Set<Right> parse(String words) throws PluginException {
    Set<Right> rights = EnumSet.noneOf(Right.class);
    for (String word : words.split(",")) {
      if (!word.isBlank()) {
        rights.add(
            Arrays.stream(values())
                .filter(right -> right.word().equals(word.strip()))
                .findFirst()
                .orElseThrow(() -> new PluginException(Trouble.Kind.UNKNOWN_RIGHT, word.strip())));
      }
    }
    return rights;
  }
}
