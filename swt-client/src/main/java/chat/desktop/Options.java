// SPDX-License-Identifier: Apache-2.0
package chat.desktop;

import chat.desktop.model.platform.ThemeChoice;
import chat.desktop.model.text.Language;
import chat.desktop.model.text.ServerAddress;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What the command line says. */
record Options(
    boolean help,
    Optional<ServerAddress> server,
    Path folder,
    String fingerprint,
    Optional<Language> language,
    Optional<ThemeChoice> theme) {

  static final String HELP =
      """
      The Chatroom desktop client.

      Usage: chatroom client [options]
        --server HOST[:PORT]   server to connect to (port 7667 if none is given)
        --profile NAME         use the profile of this name (default: default, or where another
                               window uses that, default-2 and so on)
        --folder DIR           keep the profile in this folder instead
        --fingerprint HEX      SHA-256 of the server's public key, known from elsewhere
        --language en|zh       language of the windows (default: the system's)
        --theme light|dark|system
        --help                 show this and end
      """;

  static final String DEFAULT_PROFILE = "default";

  /** The same with the profile in another folder. */
  Options in(Path other) {
    return new Options(help, server, other, fingerprint, language, theme);
  }

  /** Says what is wrong with the command line. */
  static final class Wrong extends Exception {
    Wrong(String message) {
      super(message);
    }
  }

  /**
   * @param base folder that holds the profiles
   */
  static Options parse(String[] args, Path base) throws Wrong {
    boolean help = false;
    Optional<ServerAddress> server = Optional.empty();
    Path folder = base.resolve(DEFAULT_PROFILE);
    String fingerprint = "";
    Optional<Language> language = Optional.empty();
    Optional<ThemeChoice> theme = Optional.empty();
    for (int i = 0; i < args.length; i++) {
      String option = args[i];
      switch (option) {
        case "--help", "-h" -> help = true;
        case "--server" -> server = Optional.of(server(value(args, ++i)));
        case "--profile" -> folder = base.resolve(profile(value(args, ++i)));
        case "--folder" -> folder = Path.of(value(args, ++i)).toAbsolutePath();
        case "--fingerprint" -> fingerprint = fingerprint(value(args, ++i));
        case "--language" -> language = Optional.of(choice(Language.class, value(args, ++i)));
        case "--theme" -> theme = Optional.of(choice(ThemeChoice.class, value(args, ++i)));
        default -> throw new Wrong("Unknown option: " + option);
      }
    }
    return new Options(help, server, folder, fingerprint, language, theme);
  }

  private static String value(String[] args, int index) throws Wrong {
    if (index == args.length) {
      throw new Wrong("Value missing after " + args[index - 1]);
    }
    return args[index];
  }

  private static ServerAddress server(String text) throws Wrong {
    return ServerAddress.parse(text)
        .orElseThrow(() -> new Wrong("No server address: " + text + " (wanted: HOST[:PORT])"));
  }

  private static String profile(String name) throws Wrong {
    if (!name.matches("[\\p{L}\\p{N}][\\p{L}\\p{N}._-]{0,63}")) {
      throw new Wrong("No name of a profile: " + name + " (wanted: letters, digits, . _ -)");
    }
    return name;
  }

  private static String fingerprint(String text) throws Wrong {
    String hex = text.replaceAll("[:\\s]", "").toLowerCase(Locale.ROOT);
    if (!hex.matches("[0-9a-f]{64}")) {
      throw new Wrong("No fingerprint: " + text + " (wanted: 64 hexadecimal digits)");
    }
    return hex;
  }

  private static <E extends Enum<E>> E choice(Class<E> type, String text) throws Wrong {
    for (E constant : type.getEnumConstants()) {
      if (word(constant).equals(text)) {
        return constant;
      }
    }
    String known =
        Arrays.stream(type.getEnumConstants()).map(Options::word).collect(Collectors.joining(", "));
    throw new Wrong("Not one of " + known + ": " + text);
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
