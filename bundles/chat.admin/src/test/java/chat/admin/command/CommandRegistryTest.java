// SPDX-License-Identifier: Apache-2.0
package chat.admin.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.operations.OperationException;
import chat.operations.OperationException.Reason;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CommandRegistryTest {
  private static final CommandRegistry COMMANDS =
      new CommandRegistry(
          List.of(
              Command.of(
                      "count",
                      "Count.",
                      "counted",
                      arguments ->
                          Fields.of("least", arguments.number("--least", 2, 9))
                              .with("who", arguments.value("--who"))
                              .with("fast", arguments.has("--fast"))
                              .with("words", arguments.positional())
                              .map())
                  .option("--least", "N")
                  .option("--who", "NAME")
                  .option("--fast", "")
                  .parameter("FIRST", Command.Count.ONE)
                  .parameter("SECOND", Command.Count.UP_TO_ONE),
              Command.of("all", "Take all.", "words", a -> Map.of("words", a.positional()))
                  .parameter("WORD", Command.Count.ANY),
              Command.of("two words", "Take one.", "word", a -> Map.of("word", a.first()))
                  .parameter("WORD", Command.Count.ONE),
              Command.of(
                  "busy",
                  "Refuse.",
                  "nothing",
                  arguments -> {
                    throw new OperationException(Reason.CONFLICT, "something else runs");
                  }),
              Command.of(
                  "break",
                  "Break.",
                  "nothing",
                  arguments -> {
                    throw new IOException("the disk is full");
                  }),
              Command.of(
                  "fault",
                  "Fail.",
                  "nothing",
                  arguments -> {
                    throw new IllegalStateException("a fault");
                  })));

  private static Map<String, Object> done(String... line) {
    return assertInstanceOf(Answer.Done.class, COMMANDS.run(List.of(line))).result();
  }

  private static void refused(String code, int exit, String why, String... line) {
    Answer.Refused refused = assertInstanceOf(Answer.Refused.class, COMMANDS.run(List.of(line)));
    assertEquals(code, refused.code());
    assertEquals(exit, refused.exit());
    assertTrue(refused.message().contains(why), refused.message());
  }

  @Test
  void argumentsAreReadAsTheCommandDescribesThem() {
    assertEquals(Map.of("least", 2, "fast", false, "words", List.of("a")), done("count", "a"));
    assertEquals(
        Map.of("least", 9, "who", "--fast", "fast", true, "words", List.of("a", "--b")),
        done("count", "--least=9", "a", "--fast", "--who", "--fast", "--", "--b"));
    assertEquals(Map.of("words", List.of("--x", "")), done("all", "--x", ""));
  }

  @Test
  void aNameMayHaveTwoWords() {
    assertEquals(Map.of("word", "words"), done("two", "words", "words"));
    refused("usage", 2, "WORD is missing\nusage: two words WORD", "two", "words");
    refused("unknown-command", 2, "there is no command two", "two");
    refused("unknown-command", 2, "there is no command two", "two", "thirds");
  }

  @Test
  void whatMakesNoSenseIsWrongUsage() {
    refused("usage", 2, "FIRST is missing\nusage: count [--least N]", "count");
    refused("usage", 2, "unexpected argument c", "count", "a", "b", "c");
    refused("usage", 2, "unknown option --most", "count", "--most", "a");
    refused("usage", 2, "--who needs a value", "count", "a", "--who");
    for (String number : List.of("0", "10", "-1", "two", "", "99999999999")) {
      refused("usage", 2, "--least needs a number from 1 to 9", "count", "--least", number, "a");
    }
  }

  @Test
  void aCommandThatIsNoneIsRefusedWithThoseThereAre() {
    refused(
        "unknown-command", 2, "there is no command nonsense; there are: count, all", "nonsense");
    refused("unknown-command", 2, "a command is missing");
    refused("unknown-command", 2, "there is no command COUNT", "COUNT");
  }

  @Test
  void whatCanNotBeDoneHasACodeAndAReason() {
    refused("conflict", 1, "something else runs", "busy");
    refused("failed", 1, "break failed: the disk is full", "break");
    refused("internal", 1, "a fault", "fault");
  }

  @Test
  void helpDescribesEveryCommand() {
    List<?> commands = (List<?>) done("help").get("commands");
    assertEquals(7, commands.size());
    assertEquals(
        Map.of(
            "name",
            "count",
            "usage",
            "count [--least N] [--who NAME] [--fast] FIRST [SECOND]",
            "help",
            "Count.",
            "result",
            "counted"),
        commands.getFirst());
  }

  @Test
  void anAnswerIsOneJsonObject() {
    assertEquals(
        "{\"command\":\"all\",\"exit\":0,\"result\":{\"words\":[\"\\\"a\\\"\\n\"]}}\n",
        COMMANDS.run(List.of("all", "\"a\"\n")).json());
    assertEquals(
        "{\"command\":\"busy\",\"exit\":1,"
            + "\"error\":{\"code\":\"conflict\",\"message\":\"something else runs\"}}\n",
        COMMANDS.run(List.of("busy")).json());
  }
}
