package chat.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OptionsTest {
  private static Options parse(String line) throws CliException {
    List<String> words = List.of(line.split(" "));
    return Options.parse(words.getFirst(), words.subList(1, words.size()), Map.of());
  }

  @Test
  void everythingHasAUsualValue() throws CliException {
    Options options = parse("read --name alice");
    assertEquals("localhost", options.host());
    assertEquals(7667, options.port());
    assertEquals("", options.fingerprint());
    assertFalse(options.trust());
    assertFalse(options.register());
    assertEquals("Lobby", options.room());
    assertEquals(Duration.ofSeconds(20), options.timeout());
    assertEquals(new Options.Read(10, false, false), options.word());
  }

  @Test
  void everythingCanBeSaid() throws CliException {
    Options options =
        parse(
            "send --server chat.example:1234 --fingerprint "
                + "AB".repeat(32)
                + " --trust --name alice --password-file secret --register --invitation code"
                + " --room Games --profile here --timeout 5 --verbose hello");
    assertEquals("chat.example", options.host());
    assertEquals(1234, options.port());
    assertEquals("ab".repeat(32), options.fingerprint());
    assertTrue(options.trust());
    assertTrue(options.register());
    assertEquals("code", options.invitation());
    assertEquals(Path.of("secret"), options.passwordFile());
    assertEquals("Games", options.room());
    assertEquals(Path.of("here"), options.profile());
    assertEquals(Duration.ofSeconds(5), options.timeout());
    assertEquals(new Options.Send(new Options.Text("hello"), true), options.word());
    assertEquals(
        new Options.Read(3, true, true), parse("read --name a -n 3 --follow --json").word());
  }

  @Test
  void whatIsSentIsATextStandardInputOrAFile() throws CliException {
    assertEquals(
        new Options.Send(new Options.Input(false), false), parse("send --name a -").word());
    assertEquals(
        new Options.Send(new Options.Input(true), false), parse("send --name a --lines -").word());
    assertEquals(
        new Options.Send(new Options.Input(true), false), parse("send --name a --lines").word());
    assertEquals(
        new Options.Send(new Options.Attachment(Path.of("x")), false),
        parse("send --name a --file x").word());
    assertEquals(
        new Options.Send(new Options.Text("--lines"), false),
        parse("send --name a -- --lines").word());
  }

  @Test
  void theEnvironmentSaysWho() throws CliException {
    Map<String, String> environment =
        Map.of("CHATROOM_NAME", "alice", "CHATROOM_PASSWORD", "secret words");
    Options options = Options.parse("read", List.of(), environment);
    assertEquals("alice", options.name());
    assertEquals("secret words", options.passwordFromEnvironment());
    assertEquals("bob", Options.parse("read", List.of("--name", "bob"), environment).name());
  }

  @ParameterizedTest
  @CsvSource({
    "example,example,7667",
    "example:1,example,1",
    "127.0.0.1:65535,127.0.0.1,65535",
    "[::1],::1,7667",
    "[fe80::1]:99,fe80::1,99"
  })
  void aServerIsAHostAndMaybeAPort(String value, String host, int port) throws CliException {
    Options options = parse("read --name a --server " + value);
    assertEquals(host, options.host());
    assertEquals(port, options.port());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "read",
        "read --name",
        "read --name a text",
        "read --name a -n",
        "read --name a -n -1",
        "read --name a -n many",
        "read --name a --lines",
        "read --name a --password secret",
        "read --name a --server :1",
        "read --name a --server host:",
        "read --name a --server host:0",
        "read --name a --server host:65536",
        "read --name a --server ::1",
        "read --name a --timeout 0",
        "read --name a --fingerprint abc",
        "send --name a",
        "send --name a one two",
        "send --name a --file x text",
        "send --name a --lines text",
        "send --name a --follow text"
      })
  void whatMakesNoSenseIsRefused(String line) {
    CliException refused = assertThrows(CliException.class, () -> parse(line));
    assertEquals(Exit.USAGE, refused.exit());
    assertFalse(refused.getMessage().isBlank());
  }

  @Test
  void anInvitationSaysWhereAndWithWhichKey() throws CliException {
    String key = "ab".repeat(32);
    String code = "0f".repeat(16);
    Options options =
        Options.parse(
            "send",
            List.of(
                "--name",
                "alice",
                "--invitation",
                "chatroom://[2001:db8::7]:7701/" + code + "?key=" + key,
                "hello"),
            Map.of());
    assertEquals("2001:db8::7", options.host());
    assertEquals(7701, options.port());
    assertEquals(key, options.fingerprint());
    assertEquals(code, options.invitation());
    assertTrue(options.register());
  }
}
