// SPDX-License-Identifier: Apache-2.0
package chat.cli;

import static chat.cli.Arguments.wrong;

import chat.client.ClientConfig;
import chat.protocol.Invitation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A command line, understood. What it says wins over the environment. */
record Options(
    String host,
    int port,
    String fingerprint,
    boolean trust,
    String name,
    @Nullable Path passwordFile,
    String passwordFromEnvironment,
    boolean register,
    String invitation,
    @Nullable Path profile,
    Duration timeout,
    CliCommand word) {

  /** HOST, HOST:PORT, [IPv6] or [IPv6]:PORT. */
  private static final Pattern SERVER =
      Pattern.compile("(\\[[0-9a-fA-F:.%]+]|[^:\\[\\]\\s]+)(?::(\\d{1,6}))?");

  private static final int FINGERPRINT = 64;
  private static final Set<String> FLAGS = Set.of("--trust", "--register");
  private static final Set<String> VALUED =
      Set.of(
          "--server",
          "--fingerprint",
          "--name",
          "--password-file",
          "--invitation",
          "--profile",
          "--timeout");

  /**
   * Understands a line.
   *
   * @param line from the word on
   */
  static Options parse(Syntax syntax, List<String> line, Map<String, String> environment)
      throws CliException {
    Arguments arguments = syntax.arguments(line, VALUED, FLAGS);
    CliCommand word = syntax.word(arguments);
    Server server = new Server(arguments);
    String name = arguments.value("--name", environment.getOrDefault("CHATROOM_NAME", ""));
    Path profile = path(arguments.value("--profile"));
    if (name.isEmpty() && profile == null) {
      throw wrong("who is it? give --name NAME or set CHATROOM_NAME");
    }
    return new Options(
        server.host,
        server.port,
        server.fingerprint,
        arguments.has("--trust"),
        name,
        path(arguments.value("--password-file")),
        environment.getOrDefault("CHATROOM_PASSWORD", ""),
        arguments.has("--register") || arguments.has("--invitation"),
        server.invitation,
        profile,
        Duration.ofSeconds(arguments.number("--timeout", 1, 20)),
        word);
  }

  /** The password of the account. */
  String password() throws CliException {
    Path file = passwordFile;
    if (file == null) {
      if (passwordFromEnvironment.isEmpty()) {
        throw wrong("a password is needed: give --password-file FILE or set CHATROOM_PASSWORD");
      }
      return passwordFromEnvironment;
    }
    try {
      return Files.readString(file).lines().findFirst().orElse("");
    } catch (IOException e) {
      throw new CliException(Exit.REFUSED, "the password file " + file + " can't be read");
    }
  }

  private static @Nullable Path path(@Nullable String value) throws CliException {
    return value == null ? null : Arguments.path(value);
  }

  /** Where the server is and how it is known: the last option that tells counts. */
  private static final class Server {
    private String host = "localhost";
    private int port = ClientConfig.DEFAULT_PORT;
    private String fingerprint = "";
    private String invitation = "";

    Server(Arguments arguments) throws CliException {
      for (Map.Entry<String, String> option : arguments.options().entrySet()) {
        switch (option.getKey()) {
          case "--server" -> server(option.getValue());
          case "--fingerprint" -> fingerprint = fingerprint(option.getValue());
          case "--invitation" -> invitation(option.getValue());
          default -> {}
        }
      }
    }

    private void server(String value) throws CliException {
      Matcher parts = SERVER.matcher(value);
      if (!parts.matches()) {
        throw wrong("--server needs HOST:PORT, not " + value);
      }
      host = parts.group(1).replaceAll("[\\[\\]]", "");
      port = parts.group(2) == null ? port : Integer.parseInt(parts.group(2));
      if (port < 1 || port > 65_535) {
        throw wrong("a port is a number from 1 to 65535, not " + port);
      }
    }

    /** A link says where and with which key; a code alone does as well. */
    private void invitation(String value) {
      invitation = value.strip();
      Invitation.parse(value)
          .ifPresent(link -> {
            host = link.host();
            port = link.port();
            fingerprint = link.fingerprint();
            invitation = link.code();
          });
    }

    private static String fingerprint(String value) throws CliException {
      String plain = value.replace(":", "").toLowerCase(Locale.ROOT);
      if (plain.length() != FINGERPRINT || !plain.chars().allMatch(HexFormat::isHexDigit)) {
        throw wrong("--fingerprint needs 64 hex digits");
      }
      return plain;
    }
  }
}
