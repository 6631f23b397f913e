package chat.cli;

import chat.client.ClientConfig;
import chat.protocol.Invitation;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
    String room,
    @Nullable Path profile,
    Duration timeout,
    Word word) {

  /** What is to be done. */
  sealed interface Word {}

  /** Says something. */
  record Send(What what, boolean verbose) implements Word {}

  /** Shows what was said. */
  record Read(int last, boolean follow, boolean json) implements Word {}

  /** What to send. */
  sealed interface What {}

  record Text(String text) implements What {}

  /** Standard input: as one text, or each line as one. */
  record Input(boolean lines) implements What {}

  record Attachment(Path file) implements What {}

  /** HOST, HOST:PORT, [IPv6] or [IPv6]:PORT. */
  private static final Pattern SERVER =
      Pattern.compile("(\\[[0-9a-fA-F:.%]+]|[^:\\[\\]\\s]+)(?::(\\d{1,6}))?");

  private static final int FINGERPRINT = 64;
  private static final int MOST = 1_000_000;

  static Options parse(String word, List<String> arguments, Map<String, String> environment)
      throws CliException {
    return new Parser(word, arguments, environment).parse();
  }

  /** Reads from left to right; for one command line. */
  private static final class Parser {
    private final boolean sends;
    private final Deque<String> rest;
    private final Map<String, String> environment;
    private String host = "localhost";
    private int port = ClientConfig.DEFAULT_PORT;
    private String fingerprint = "";
    private boolean trust;
    private String name;
    private @Nullable Path passwordFile;
    private boolean register;
    private String invitation = "";
    private String room = "Lobby";
    private @Nullable Path profile;
    private int timeout = 20;
    private @Nullable What what;
    private boolean lines;
    private boolean verbose;
    private int last = 10;
    private boolean follow;
    private boolean json;

    Parser(String word, List<String> arguments, Map<String, String> environment) {
      this.sends = word.equals("send");
      this.rest = new ArrayDeque<>(arguments);
      this.environment = environment;
      this.name = environment.getOrDefault("CHATROOM_NAME", "");
    }

    Options parse() throws CliException {
      while (!rest.isEmpty()) {
        String argument = rest.remove();
        if (argument.equals("--")) {
          while (!rest.isEmpty()) {
            what(new Text(rest.remove()));
          }
        } else if (argument.equals("-")) {
          what(new Input(false));
        } else if (!argument.startsWith("-")) {
          what(new Text(argument));
        } else {
          option(argument);
        }
      }
      if (name.isEmpty() && profile == null) {
        throw wrong("who is it? give --name NAME or set CHATROOM_NAME");
      }
      return new Options(
          host,
          port,
          fingerprint,
          trust,
          name,
          passwordFile,
          environment.getOrDefault("CHATROOM_PASSWORD", ""),
          register,
          invitation,
          room,
          profile,
          Duration.ofSeconds(timeout),
          sends ? send() : new Read(last, follow, json));
    }

    private void option(String option) throws CliException {
      switch (option) {
        case "--server" -> server(value(option));
        case "--fingerprint" -> fingerprint = fingerprint(value(option));
        case "--trust" -> trust = true;
        case "--name" -> name = value(option);
        case "--password-file" -> passwordFile = path(value(option));
        case "--register" -> register = true;
        case "--invitation" -> invitation(value(option));
        case "--room" -> room = value(option);
        case "--profile" -> profile = path(value(option));
        case "--timeout" -> timeout = number(option, 1);
        default -> {
          if (sends) {
            sendOption(option);
          } else {
            readOption(option);
          }
        }
      }
    }

    private void sendOption(String option) throws CliException {
      switch (option) {
        case "--file" -> what(new Attachment(path(value(option))));
        case "--lines" -> lines = true;
        case "--verbose" -> verbose = true;
        default -> throw wrong("unknown option " + option);
      }
    }

    private void readOption(String option) throws CliException {
      switch (option) {
        case "-n" -> last = number(option, 0);
        case "--follow" -> follow = true;
        case "--json" -> json = true;
        default -> throw wrong("unknown option " + option);
      }
    }

    private Send send() throws CliException {
      What chosen = what;
      if (lines) {
        if (chosen != null && !(chosen instanceof Input)) {
          throw wrong("--lines is for standard input: give - instead of a text or a file");
        }
        return new Send(new Input(true), verbose);
      }
      if (chosen == null) {
        throw wrong("nothing to send: give a text, - for standard input, or --file PATH");
      }
      return new Send(chosen, verbose);
    }

    private void what(What next) throws CliException {
      if (!sends) {
        throw wrong("read takes options only");
      }
      if (what != null) {
        throw wrong("one text or file at a time; put a text with spaces into quotes");
      }
      what = next;
    }

    private String value(String option) throws CliException {
      if (rest.isEmpty()) {
        throw wrong(option + " needs a value");
      }
      return rest.remove();
    }

    private int number(String option, int least) throws CliException {
      String value = value(option);
      try {
        int number = Integer.parseInt(value);
        if (number >= least && number <= MOST) {
          return number;
        }
      } catch (NumberFormatException e) {
        // Said below, as for a number that is too small or too large.
      }
      throw wrong(option + " needs a number from " + least + " to " + MOST + ", not " + value);
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
      register = true;
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

    private static Path path(String value) throws CliException {
      try {
        return Path.of(value);
      } catch (InvalidPathException e) {
        throw wrong("no path: " + e.getMessage());
      }
    }

    private static CliException wrong(String why) {
      return new CliException(Exit.USAGE, why);
    }
  }
}
