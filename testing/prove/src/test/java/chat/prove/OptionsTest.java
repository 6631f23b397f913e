// SPDX-License-Identifier: Apache-2.0
package chat.prove;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.cli.base.CliException;
import chat.prove.fault.Kind;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the command line may say. */
class OptionsTest {
  private static Options parse(String line) throws CliException {
    return Options.parse(line.isEmpty() ? List.of() : List.of(line.split(" ")));
  }

  @Test
  void nothingNeedsToBeSaid() throws CliException {
    Options options = parse("");
    assertEquals(Optional.of(Duration.ofSeconds(30)), options.time());
    assertEquals(200, options.load().rate());
    assertEquals(10, options.load().clients());
    assertEquals(List.of(), options.disturbances().wanted());
    assertEquals(Optional.empty(), options.server().data());
  }

  @Test
  void disturbancesAddUp() throws CliException {
    Options options = parse("--swap storage,server --swap storage --kill --cut --every 0.25");
    assertEquals(
        List.of(Kind.STORAGE, Kind.SERVER, Kind.KILL, Kind.CUT), options.disturbances().wanted());
    assertEquals(Duration.ofMillis(250), options.disturbances().every());
  }

  @Test
  void attacksAreChosenByName() throws CliException {
    assertEquals(List.of(), parse("").hostile().attacks());
    assertEquals(Optional.empty(), parse("").attackers());
    assertEquals(Attackers.ofProgram().names(), parse("--hostile --kill").hostile().attacks());
    Options some = parse("--hostile=lists,at-signs");
    assertEquals(List.of("lists", "at-signs"), some.hostile().attacks());
    assertEquals(Optional.empty(), some.time());
    assertEquals(20, some.rate());
    assertEquals(Attackers.Rule.TIMES, some.round(System.out).rule());
    assertEquals(Attackers.Rule.DISTURBED, parse("--hostile --cut").round(System.out).rule());
  }

  @Test
  void withANumberOfSwapsTheRunEndsWhenTheyAreDone() throws CliException {
    assertEquals(Optional.empty(), parse("--cut --swaps 3").time());
    assertEquals(Optional.of(Duration.ofSeconds(5)), parse("--cut --swaps 3 --seconds 5").time());
  }

  @ParameterizedTest
  @CsvSource({
    "--rooms 20, as many clients at least",
    "--changes 101, from 0 to 100",
    "--changes 5 --classic 2, leave out --classic",
    "--swap store, storage-in-place",
    "--swap kill, not kill",
    "--seconds 0, from 1",
    "--rate many, not many",
    "--clients, needs a value",
    "--every -1, needs seconds",
    "--every NaN, needs seconds",
    "--swaps 3, say also what",
    "--kill --data here, started itself",
    "--stores sqlite, two names",
    "'--stores a,a', two names",
    "--heap much, a size",
    "--seed x, whole number",
    "--hostile nobody, at-signs",
    "--hostile at-signs --data here, started itself",
    "--hostile --clients 11, at most --clients 10",
    "--hostile --classic 1, no --classic",
    "--file-bytes 99999999, from 0",
    "--unknown, unknown option",
    "something, prove takes options only",
  })
  void aMistakeIsNamed(String line, String why) {
    CliException wrong = assertThrows(CliException.class, () -> parse(line));
    assertEquals(Exit.USAGE.code(), wrong.exit().code());
    assertTrue(String.valueOf(wrong.getMessage()).contains(why), wrong.getMessage());
  }

  @Test
  void everyOptionIsExplained() throws CliException {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    try (PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8)) {
      assertEquals(Exit.PROVED, Main.run(List.of("--rooms", "9", "--help"), out, out));
    }
    String help = said.toString(StandardCharsets.UTF_8);
    assertTrue(help.lines().allMatch(line -> line.length() <= 100), help);
    for (String attack : Attackers.ofProgram().names()) {
      assertTrue(Pattern.compile(" " + attack + " ").matcher(help).find(), attack);
    }
    for (Kind kind : Kind.values()) {
      assertTrue(Pattern.compile("[ -]" + kind.word() + " ").matcher(help).find(), kind.word());
    }
  }

  @Test
  void aMistakeIsAnsweredWithTwoLines() {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    try (PrintStream err = new PrintStream(said, true, StandardCharsets.UTF_8)) {
      assertEquals(Exit.USAGE, Main.run(List.of("--seconds"), err, err));
    }
    assertEquals(
        "chatroom prove: --seconds needs a value\nchatroom prove --help tells more.\n",
        said.toString(StandardCharsets.UTF_8));
  }

  @Test
  void aFolderWithoutAServerIsNamed() {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    try (PrintStream err = new PrintStream(said, true, StandardCharsets.UTF_8)) {
      assertEquals(Exit.UNREACHABLE, Main.run(List.of("--data", "/nowhere"), err, err));
    }
    assertTrue(said.toString(StandardCharsets.UTF_8).contains("no server runs on /nowhere"));
  }

  @Test
  void originalClientsAreAskedForAndNeverKilled() throws CliException {
    assertEquals(3, parse("--classic 3").load().classicClients());
    assertThrows(CliException.class, () -> parse("--classic 3 --kill"));
  }
}
