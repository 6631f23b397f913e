// SPDX-License-Identifier: Apache-2.0
package chat.prove.fault;

import chat.cli.base.Bounds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** What is done to the server: each kind as often as the others, in an order of chance. */
@Command(optionListHeading = "Disturbances, none if none is given")
public final class DisturbanceOptions {
  private static final int MOST = 1_000_000;
  private static final int MOST_SEED = 1 << 20;

  private final List<Kind> wanted = new ArrayList<>();

  @Option(
      names = "--every",
      paramLabel = "SECONDS",
      defaultValue = "2",
      converter = Seconds.class,
      description = "Time between two of them, decimals allowed. Default: 2.")
  private Duration every = Duration.ofSeconds(2);

  @Option(
      names = "--swaps",
      paramLabel = "N",
      defaultValue = "0",
      description = "End after N of them; without --seconds the run ends then.")
  @Bounds(min = 1, max = MOST)
  private int swaps;

  @Option(
      names = "--stores",
      paramLabel = "A,B",
      defaultValue = "sqlite,second",
      converter = Stores.Converter.class,
      description = "The stores that migrate goes between. Default: sqlite,second.")
  private Stores stores = new Stores(List.of("sqlite", "second"));

  @Option(
      names = "--seed",
      paramLabel = "N",
      converter = Seed.class,
      description = "Decides all that is left to chance; it is always printed.")
  private @Nullable Long seed;

  @Option(
      names = "--swap",
      order = -4,
      paramLabel = "KIND",
      converter = Swaps.Converter.class,
      description = {
        "Several are separated by commas, or given one by one:",
        "storage           a newer build of the store, beside the old one",
        "storage-in-place  the same, after the old one has closed",
        "protocol          a newer build of the wire format; with --classic also that of the"
            + " original clients",
        "server            a newer build of the server's logic",
        "connection        a newer build of what owns the sockets",
        "upgrade           a whole release, contracts included",
        "upgrade-parts     a whole release with the same contracts",
        "migrate           everything to another store, and back",
        "random            one of the first five"
      })
  void swap(@Nullable Swaps swaps) {
    if (swaps != null) {
      swaps.kinds.forEach(this::want);
    }
  }

  @Option(
      names = "--kill",
      order = -3,
      description = "Kill the server (kill -9) and start it again; not with --data.")
  void kill(boolean on) {
    if (on) {
      want(Kind.KILL);
    }
  }

  @Option(names = "--cut", order = -2, description = "The connections of some clients break.")
  void cut(boolean on) {
    if (on) {
      want(Kind.CUT);
    }
  }

  private void want(Kind kind) {
    if (!wanted.contains(kind)) {
      wanted.add(kind);
    }
  }

  /** Each kind once, as they were given; may be empty. */
  public List<Kind> wanted() {
    return List.copyOf(wanted);
  }

  public Duration every() {
    return every;
  }

  /** How many disturbances; 0 if as many as there is time for. */
  public int swaps() {
    return swaps;
  }

  /** Between which stores migrations go. */
  List<String> stores() {
    return stores.names;
  }

  /** Decides all that is left to chance; another one for each run if it is not given. */
  public long seed() {
    if (seed == null) {
      seed = (long) new SplittableRandom().nextInt(MOST_SEED);
    }
    return seed;
  }

  /** What {@code --swap} names. */
  record Swaps(List<Kind> kinds) {
    /** Reads words with commas between them. */
    static final class Converter implements ITypeConverter<Swaps> {
      @Override
      public Swaps convert(String value) {
        List<Kind> kinds = new ArrayList<>();
        for (String word : value.split(",", -1)) {
          kinds.add(
              Kind.swap(word)
                  .orElseThrow(() ->
                      new TypeConversionException(
                          "is one of " + Kind.swapWords() + ", not " + word)));
        }
        return new Swaps(List.copyOf(kinds));
      }
    }
  }

  /** The names of two stores. */
  record Stores(List<String> names) {
    /** Reads two names with a comma between them. */
    static final class Converter implements ITypeConverter<Stores> {
      @Override
      public Stores convert(String value) {
        List<String> names = List.of(value.split(",", -1));
        if (names.size() != 2 || names.contains("") || names.get(0).equals(names.get(1))) {
          throw new TypeConversionException("needs two names, A,B, not " + value);
        }
        return new Stores(names);
      }
    }
  }

  /** Reads seconds with decimals. */
  static final class Seconds implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String value) {
      try {
        double seconds = Double.parseDouble(value);
        if (seconds >= 0 && seconds <= MOST) {
          return Duration.ofMillis(Math.round(seconds * 1_000));
        }
      } catch (NumberFormatException e) {
        // Said below, as for a number that is too small or too large.
      }
      throw new TypeConversionException("needs seconds from 0 to " + MOST + ", not " + value);
    }
  }

  /** Reads a whole number. */
  static final class Seed implements ITypeConverter<Long> {
    @Override
    public Long convert(String value) {
      try {
        return Long.valueOf(value);
      } catch (NumberFormatException e) {
        throw new TypeConversionException("needs a whole number, not " + value);
      }
    }
  }
}
