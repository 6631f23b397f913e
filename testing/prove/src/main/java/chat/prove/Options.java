// SPDX-License-Identifier: Apache-2.0
package chat.prove;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * A command line, understood.
 *
 * @param time how long there is load; empty if it ends with the last disturbance
 * @param rate messages a second of all clients together
 * @param rooms in how many rooms the clients are
 * @param changes of 100 messages so many change an earlier one
 * @param classicClients original clients beside them
 * @param wanted the disturbances; may be empty
 * @param swaps how many disturbances, 0 if as many as there is time for
 * @param data of a server that runs already; empty for a fresh one
 * @param stores between which migrations go
 */
record Options(
    Optional<Duration> time,
    int rate,
    int clients,
    int rooms,
    int changes,
    int classicClients,
    int files,
    int fileBytes,
    List<Kind> wanted,
    int swaps,
    Duration every,
    long seed,
    Optional<Path> json,
    Optional<Path> data,
    List<String> stores,
    boolean keep,
    String heap) {

  static final String HELP =
      """
      Usage: chatroom prove [options]

      Proves that exchanging parts of a running server loses nothing: clients write and listen, the
      server is disturbed, and in the end every acknowledgement is held against what is stored and
      what each client heard. Without --data it starts a server of its own in a temporary folder
      and removes it.

      Load
        --seconds N         how long; 30 if not given
        --rate N            messages a second of all clients together; 200 if not given
        --clients N         10 if not given
        --rooms N           in how many rooms, each client in one; 1 if not given: the Lobby
        --changes N         of 100 messages so many change an earlier one: edits, reactions,
                            deletions; 0 if not given
        --classic N         original clients beside them, 0 if not given; not with --kill or
                            --changes. A server that runs already must listen for them, see
                            docs/classic.md
        --files N           files that are sent meanwhile, fetched by another client, and compared
        --file-bytes N      the largest of them; 1048576 if not given

      Disturbances, none if none is given; each as often as the others, in an order of chance
        --swap KIND         also several, with commas between them or by giving it again:
                              storage           a newer build of the store, beside the old one
                              storage-in-place  the same, after the old one has closed
                              protocol          a newer build of the wire format; with --classic
                                                of the original clients' words, too
                              server            a newer build of the server's logic
                              connection        a newer build of what owns the sockets
                              upgrade           a whole release
                              migrate           everything to another store, and back
                              random            one of the first five
        --kill              kill -9 and a new start; not with --data
        --cut               the connections of some clients break
        --every SECONDS     time between two of them; 2 if not given, decimals are allowed
        --swaps N           end after N of them; without --seconds the run ends then
        --stores A,B        between which migrate goes; sqlite,second if not given
        --seed N            decides all that is left to chance; it is always printed

      Server
        --data DIR          disturb the server that runs on this data folder. Its limits apply:
                            messagesPerSecond, messageBurst, registrationsPerTenMinutes
        --heap SIZE         -Xmx of the server that is started; 512m if not given
        --keep              leave its folder; it stays anyway if something was wrong

      Report
        --json FILE         the same figures for programs
        --help              this text

      Exit codes: 0 nothing is wrong, 1 something was lost, doubled, out of order, missing,
      unanswered or cut off, or a disturbance failed; 2 wrong usage, 3 the server can't be started
      or reached.
      """;

  /** What {@code --seconds} is unless somebody says otherwise. */
  static final Duration TIME = Duration.ofSeconds(30);

  static Options parse(List<String> arguments) throws ProveException {
    return new Parser(arguments).parse();
  }

  /** Reads from left to right; for one command line. */
  private static final class Parser {
    private static final int MOST = 1_000_000;
    private static final int LARGEST_FILE = 50 << 20;
    private static final String SIZE = "[1-9][0-9]{0,9}[kKmMgG]?";
    private static final int MOST_SEED = 1 << 20;

    private final Deque<String> rest;
    private Optional<Duration> time = Optional.empty();
    private int rate = 200;
    private int clients = 10;
    private int rooms = 1;
    private int changes;
    private int classicClients;
    private int files;
    private int fileBytes = 1 << 20;
    private final List<Kind> wanted = new ArrayList<>();
    private int swaps;
    private Duration every = Duration.ofSeconds(2);
    private long seed = new SplittableRandom().nextInt(MOST_SEED);
    private Optional<Path> json = Optional.empty();
    private Optional<Path> data = Optional.empty();
    private List<String> stores = List.of("sqlite", "second");
    private boolean keep;
    private String heap = "512m";

    Parser(List<String> arguments) {
      this.rest = new ArrayDeque<>(arguments);
    }

    Options parse() throws ProveException {
      while (!rest.isEmpty()) {
        option(rest.remove());
      }
      if (swaps > 0 && wanted.isEmpty()) {
        throw wrong("--swaps says how many; say also what: --swap KIND, --kill or --cut");
      }
      if (data.isPresent() && wanted.contains(Kind.KILL)) {
        throw wrong("--kill is for a server that prove has started itself, not with --data");
      }
      if (rooms > clients) {
        throw wrong("--rooms " + rooms + " needs as many clients at least: --clients " + rooms);
      }
      if (classicClients > 0 && wanted.contains(Kind.KILL)) {
        throw wrong("--kill ends original clients, which never connect again; leave out --classic");
      }
      if (classicClients > 0 && changes > 0) {
        throw wrong(
            "--changes are no lines that original clients could count; leave out --classic");
      }
      if (swaps == 0 && time.isEmpty()) {
        time = Optional.of(TIME);
      }
      return new Options(
          time,
          rate,
          clients,
          rooms,
          changes,
          classicClients,
          files,
          fileBytes,
          List.copyOf(wanted),
          swaps,
          every,
          seed,
          json,
          data,
          stores,
          keep,
          heap);
    }

    private void option(String option) throws ProveException {
      switch (option) {
        case "--seconds" -> time = Optional.of(Duration.ofSeconds(number(option, 1, MOST)));
        case "--rate" -> rate = number(option, 1, MOST);
        case "--clients" -> clients = number(option, 1, 10_000);
        case "--rooms" -> rooms = number(option, 1, 1_000);
        case "--changes" -> changes = number(option, 0, 100);
        case "--classic" -> classicClients = number(option, 0, 100);
        case "--files" -> files = number(option, 0, MOST);
        case "--file-bytes" -> fileBytes = number(option, 0, LARGEST_FILE);
        case "--swap" -> swap(value(option));
        case "--kill" -> want(Kind.KILL);
        case "--cut" -> want(Kind.CUT);
        case "--every" -> every = seconds(option);
        case "--swaps" -> swaps = number(option, 1, MOST);
        case "--stores" -> stores(value(option));
        case "--seed" -> seed = seed(value(option));
        case "--data" -> data = Optional.of(path(value(option)));
        case "--heap" -> heap = heap(value(option));
        case "--keep" -> keep = true;
        case "--json" -> json = Optional.of(path(value(option)));
        default -> throw wrong("unknown option " + option);
      }
    }

    private void swap(String words) throws ProveException {
      for (String word : words.split(",", -1)) {
        want(
            Kind.swap(word)
                .orElseThrow(
                    () -> wrong("--swap is one of " + Kind.swapWords() + ", not " + word)));
      }
    }

    private void want(Kind kind) {
      if (!wanted.contains(kind)) {
        wanted.add(kind);
      }
    }

    private void stores(String value) throws ProveException {
      stores = List.of(value.split(",", -1));
      if (stores.size() != 2 || stores.contains("") || stores.get(0).equals(stores.get(1))) {
        throw wrong("--stores needs two names, A,B, not " + value);
      }
    }

    private String value(String option) throws ProveException {
      if (rest.isEmpty()) {
        throw wrong(option + " needs a value");
      }
      return rest.remove();
    }

    private int number(String option, int least, int most) throws ProveException {
      String value = value(option);
      try {
        int number = Integer.parseInt(value);
        if (number >= least && number <= most) {
          return number;
        }
      } catch (NumberFormatException e) {
        // Said below, as for a number that is too small or too large.
      }
      throw wrong(option + " needs a number from " + least + " to " + most + ", not " + value);
    }

    private Duration seconds(String option) throws ProveException {
      String value = value(option);
      try {
        double seconds = Double.parseDouble(value);
        if (seconds >= 0 && seconds <= MOST) {
          return Duration.ofMillis(Math.round(seconds * 1_000));
        }
      } catch (NumberFormatException e) {
        // Said below, as for a number that is too small or too large.
      }
      throw wrong(option + " needs seconds from 0 to " + MOST + ", not " + value);
    }

    private static long seed(String value) throws ProveException {
      try {
        return Long.parseLong(value);
      } catch (NumberFormatException e) {
        throw wrong("--seed needs a whole number, not " + value);
      }
    }

    private static String heap(String value) throws ProveException {
      if (!value.matches(SIZE)) {
        throw wrong("--heap needs a size like 512m, not " + value);
      }
      return value;
    }

    private static Path path(String value) throws ProveException {
      try {
        return Path.of(value);
      } catch (InvalidPathException e) {
        throw wrong("no path: " + e.getMessage());
      }
    }

    private static ProveException wrong(String why) {
      return new ProveException(Exit.USAGE, why);
    }
  }
}
