// SPDX-License-Identifier: Apache-2.0
package chat.cli.base;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What a program makes of the outcome of its commands. */
class CliProgramTest {
  /** A command for each outcome. */
  @Command(name = "try", description = "Tries.")
  static final class Outcomes {
    @Command(description = "Counts.")
    String count(
        @Option(names = "--least", defaultValue = "2") @Bounds(min = 1, max = 9) int least,
        @Option(names = "--who", defaultValue = "nobody") @Environment("TRY_WHO") String who,
        @Parameters(arity = "0..1", paramLabel = "WORD", defaultValue = "none") String word) {
      return who + " " + least + " " + word;
    }

    @Command(description = "Refuses.")
    String refuse(
        @Parameters(arity = "0..1", paramLabel = "DAY", defaultValue = "today") String day)
        throws CliException {
      if (day.equals("today")) {
        throw new CliException(() -> 7, "not today");
      }
      return day;
    }
  }

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int run(CliProgram.Body body, String... line) {
    return new CliProgram(
            new CommandTree("Tries.").add("try", Outcomes::new),
            Map.of("TRY_WHO", "-- alice"),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            () -> 5)
        .run(List.of(line), body);
  }

  private CliProgram.Body printing() {
    return order -> {
      out.writeBytes(order.toString().getBytes(StandardCharsets.UTF_8));
      return () -> ExitStatus.SUCCESS;
    };
  }

  private String err() {
    return err.toString(StandardCharsets.UTF_8);
  }

  @Test
  void theLineWinsOverTheEnvironmentAndThatOverDefaults() {
    assertEquals(0, run(printing(), "try", "count"));
    assertEquals(0, run(printing(), "try", "count", "--who", "--least", "--least=3", "--", "-x"));
    assertEquals("-- alice 2 none--least 3 -x", out.toString(StandardCharsets.UTF_8));
  }

  @Test
  void aNumberOutsideItsBoundsIsWrongUsage() {
    assertEquals(ExitStatus.USAGE, run(printing(), "try", "count", "--least", "10"));
    assertEquals(
        "chatroom try count: --least needs a number from 1 to 9, not 10\n"
            + "chatroom try count --help tells more.\n",
        err());
  }

  @Test
  void aRefusalHasItsOwnCodeAndNoHint() {
    assertEquals(7, run(printing(), "try", "refuse"));
    assertEquals("chatroom try refuse: not today\n", err());
  }

  @Test
  void whatBreaksOffIsToldInASentence() {
    CliProgram.Body body =
        order -> {
          throw new IOException("the disk is full");
        };
    assertEquals(5, run(body, "try", "count"));
    assertEquals("chatroom try count: the disk is full\n", err());
  }
}
