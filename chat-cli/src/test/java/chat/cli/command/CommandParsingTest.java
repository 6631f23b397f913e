// SPDX-License-Identifier: Apache-2.0
package chat.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.cli.base.CliException;
import chat.cli.base.CliProgram;
import chat.cli.base.ExitStatus;
import chat.export.Export.Form;
import chat.protocol.ContactAction;
import chat.protocol.ModerationAction;
import chat.protocol.RoomKind;
import chat.protocol.RoomSettings;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a command line is understood as. */
class CommandParsingTest {
  private static CliCall parse(String line) throws CliException {
    return parse(List.of(line.split(" ")), Map.of());
  }

  private static CliCall parse(List<String> line, Map<String, String> environment)
      throws CliException {
    PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
    CliProgram program =
        new CliProgram(ChatCommands.tree(), environment, nowhere, nowhere, Exit.REFUSED);
    CliCall call = (CliCall) program.parse(line).orElseThrow();
    call.connection().complete(environment);
    return call;
  }

  @Test
  void everythingHasAUsualValue() throws CliException {
    CliCall call = parse("read --name alice");
    assertEquals("localhost", call.connection().host());
    assertEquals(7667, call.connection().port());
    assertEquals("", call.connection().fingerprint());
    assertFalse(call.connection().trust());
    assertFalse(call.connection().register());
    assertEquals(Duration.ofSeconds(20), call.connection().timeout());
    assertEquals(new CliCommand.Read("Lobby", 10, false, false), call.command());
  }

  @Test
  void everythingCanBeSaid() throws CliException {
    CliCall call =
        parse(
            "send --server chat.example:1234 --fingerprint "
                + "AB".repeat(32)
                + " --trust --name alice --password-file secret --register --invitation code"
                + " --room Games --profile here --timeout 5 --verbose --reply 7 --important hello");
    assertEquals("chat.example", call.connection().host());
    assertEquals(1234, call.connection().port());
    assertEquals("ab".repeat(32), call.connection().fingerprint());
    assertTrue(call.connection().trust());
    assertTrue(call.connection().register());
    assertEquals("code", call.connection().invitation());
    assertEquals(Path.of("secret"), call.connection().passwordFile());
    assertEquals(Path.of("here"), call.connection().profile());
    assertEquals(Duration.ofSeconds(5), call.connection().timeout());
    assertEquals(
        new CliCommand.Send("Games", new CliCommand.Text("hello"), 7, true, true), call.command());
    assertEquals(
        new CliCommand.Read("@bob", 3, true, true),
        parse("read --name a --room @bob -n 3 --follow --json").command());
  }

  private static CliCommand sends(CliCommand.What what) {
    return new CliCommand.Send("Lobby", what, 0, false, false);
  }

  @Test
  void whatIsSentIsATextStandardInputOrAFile() throws CliException {
    assertEquals(sends(new CliCommand.Input(false)), parse("send --name a -").command());
    assertEquals(sends(new CliCommand.Input(true)), parse("send --name a --lines -").command());
    assertEquals(sends(new CliCommand.Input(true)), parse("send --name a --lines").command());
    assertEquals(
        sends(new CliCommand.Attachment(Path.of("x"))), parse("send --name a --file x").command());
    assertEquals(
        sends(new CliCommand.Text("--lines")), parse("send --name a -- --lines").command());
  }

  @Test
  void theEnvironmentSaysWho() throws CliException {
    Map<String, String> environment =
        Map.of("CHATROOM_NAME", "alice", "CHATROOM_PASSWORD", "secret words");
    CliCall call = parse(List.of("read"), environment);
    assertEquals("alice", call.connection().name());
    assertEquals("secret words", call.connection().password());
    assertEquals("bob", parse(List.of("read", "--name", "bob"), environment).connection().name());
  }

  @Test
  void everyCommandIsUnderstood() throws CliException {
    Map<String, CliCommand> words = new LinkedHashMap<>();
    words.put("search two words -n 3", new CliCommand.Search("two words", 3, false));
    words.put(
        "export Games out --format html --no-files",
        new CliCommand.ExportRoom("Games", Path.of("out"), Set.of(Form.HTML), false));
    words.put(
        "export #7 out",
        new CliCommand.ExportRoom("#7", Path.of("out"), Set.of(Form.values()), true));
    words.put("room list --json", new CliCommand.OwnRooms(true));
    words.put("room list --all", new CliCommand.PublicRooms("", false));
    words.put("room list garden", new CliCommand.PublicRooms("garden", false));
    words.put(
        "room create Games --private --topic fun",
        new CliCommand.CreateRoom("Games", RoomKind.PRIVATE, "fun"));
    words.put("room join Games", new CliCommand.JoinRoom("Games"));
    words.put("room leave Games", new CliCommand.LeaveRoom("Games"));
    words.put(
        "room set Games --rename Play --archived on",
        new CliCommand.SetRoom(
            "Games", RoomSettings.Change.NONE.withName("Play").withArchived(true)));
    words.put("room members Games", new CliCommand.Members("Games", false));
    words.put(
        "room invite Games @bob",
        new CliCommand.Moderate("Games", "bob", ModerationAction.INVITE, null));
    words.put(
        "room ban Games bob --for 3d",
        new CliCommand.Moderate("Games", "bob", ModerationAction.BAN, Duration.ofDays(3)));
    words.put(
        "room mute Games bob --for ever",
        new CliCommand.Moderate("Games", "bob", ModerationAction.MUTE, null));
    words.put(
        "room rank Games bob owner",
        new CliCommand.Moderate("Games", "bob", ModerationAction.MAKE_OWNER, null));
    words.put("friend list", new CliCommand.Friends(false));
    words.put("friend add @bob", new CliCommand.UpdateContact("bob", ContactAction.REQUEST));
    words.put("friend unblock bob", new CliCommand.UpdateContact("bob", ContactAction.UNBLOCK));
    words.put("profile", new CliCommand.ShowProfile("", false));
    words.put("profile @set --json", new CliCommand.ShowProfile("set", true));
    words.put(
        "profile set --status busy --show-read off",
        new CliCommand.SetProfile(null, "busy", null, null, false, null));
    words.put("profile picture me.png", new CliCommand.SetPicture(Path.of("me.png")));
    words.put("profile picture none", new CliCommand.SetPicture(null));
    words.put("message edit 5 -", new CliCommand.Edit("Lobby", 5, new CliCommand.Input(false)));
    words.put("message delete 5 --room @bob", new CliCommand.Delete("@bob", 5));
    words.put("message unreact 5 👍", new CliCommand.React("Lobby", 5, "👍", false));
    words.put("message pin 5", new CliCommand.Pin("Lobby", 5, true));
    words.put("message forward 5 @bob", new CliCommand.Forward("Lobby", 5, "@bob"));
    words.put("account export out", new CliCommand.ExportAccount(Path.of("out"), true));
    words.put("account delete --yes", new CliCommand.DeleteAccount(true));
    words.put(
        "account password --new-password-file next",
        new CliCommand.ChangePassword(Path.of("next")));
    words.put("account name Ann", new CliCommand.ChangeName("Ann"));
    words.put("account second-factor --json", new CliCommand.ShowSecondFactor(true));
    words.put("account second-factor --set", new CliCommand.SetSecondFactor(""));
    words.put(
        "account second-factor --remove --current 123456",
        new CliCommand.RemoveSecondFactor("123456"));
    words.put("account devices --json", new CliCommand.ListDevices(true));
    words.put("account end-device 3f2a91bc", new CliCommand.EndDevice("3f2a91bc"));
    words.put("account end-others", new CliCommand.EndOtherDevices());
    words.put("account invite", new CliCommand.Invite(1, 7));
    words.put("account invite --uses 3 --days 2", new CliCommand.Invite(3, 2));
    words.put("room picture Games none", new CliCommand.SetRoomPicture("Games", null));
    words.put("room silence Games on", new CliCommand.MuteNotifications("Games", true));
    words.put("room read @bob", new CliCommand.MarkRead("@bob"));
    for (Map.Entry<String, CliCommand> each : words.entrySet()) {
      assertEquals(each.getValue(), parse(each.getKey() + " --name a").command(), each.getKey());
    }
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
    CliCall call = parse("read --name a --server " + value);
    assertEquals(host, call.connection().host());
    assertEquals(port, call.connection().port());
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
        "send --name a --follow text",
        "send --name a --reply x text",
        "send --name a --file x --important",
        "search --name a",
        "search --name a -n 0 words",
        "export --name a Lobby",
        "export --name a Lobby folder --format pdf",
        "room list --name a two words",
        "room create --name a",
        "room set --name a Games --read-only yes",
        "room ban --name a Games bob --for tomorrow",
        "room kick --name a Games bob --for 2h",
        "room rank --name a Games bob king",
        "room silence --name a Games perhaps",
        "account invite --name a --uses 0",
        "friend add --name a",
        "profile --name a one two",
        "profile set --name a --show-seen maybe",
        "message edit --name a x text",
        "message edit --name a 5",
        "message pin --name a 0",
        "account export --name a",
        "account delete --name a now"
      })
  void whatMakesNoSenseIsRefused(String line) {
    CliException refused = assertThrows(CliException.class, () -> parse(line));
    assertEquals(ExitStatus.USAGE, refused.exit().code());
    assertFalse(refused.getMessage().isBlank());
  }

  @Test
  void anInvitationSaysWhereAndWithWhichKey() throws CliException {
    String key = "ab".repeat(32);
    String code = "0f".repeat(16);
    CliCall call =
        parse(
            List.of(
                "send",
                "--name",
                "alice",
                "--invitation",
                "chatroom://[2001:db8::7]:7701/" + code + "?key=" + key,
                "hello"),
            Map.of());
    assertEquals("2001:db8::7", call.connection().host());
    assertEquals(7701, call.connection().port());
    assertEquals(key, call.connection().fingerprint());
    assertEquals(code, call.connection().invitation());
    assertTrue(call.connection().register());
  }

  @Test
  void anOptionTakesItsValueInManyWays() throws CliException {
    CliCommand expected = new CliCommand.Read("Games", 5, false, true);
    for (String line :
        List.of(
            "read -n5 --room=Games --json --name a",
            "read -n=5 --json --room Games --name=a",
            "read --room Lobby --name a --room Games -n 7 -n 5 --json")) {
      assertEquals(expected, parse(line).command(), line);
    }
  }

  @Test
  void aValueMayBeginWithADash() throws CliException {
    assertEquals(
        new CliCommand.CreateRoom("Games", RoomKind.PUBLIC, "--private"),
        parse("room create --topic --private Games --name a").command());
    assertEquals(
        new CliCommand.SetProfile("-n", "", null, null, null, null),
        parse(List.of("profile", "set", "--display", "-n", "--status", "", "--name", "a"), Map.of())
            .command());
  }

  @Test
  void whatFollowsTwoDashesIsText() throws CliException {
    assertEquals(sends(new CliCommand.Text("-")), parse("send --name a -- -").command());
    assertEquals(sends(new CliCommand.Text("--help")), parse("send --name a -- --help").command());
    assertEquals(
        new CliCommand.Edit("Lobby", 5, new CliCommand.Text("-n")),
        parse("message edit --name a 5 -- -n").command());
    assertEquals(
        new CliCommand.Edit("Lobby", 5, new CliCommand.Input(false)),
        parse("message edit --name a 5 -").command());
    assertEquals(
        sends(new CliCommand.Text("a\n'b' \"c\" @d ${e} %n \\")),
        parse(List.of("send", "--name", "a", "a\n'b' \"c\" @d ${e} %n \\"), Map.of()).command());
    assertEquals(sends(new CliCommand.Text("@pom.xml")), parse("send --name a @pom.xml").command());
    assertEquals(
        sends(new CliCommand.Text("")),
        parse(List.of("send", "--name", "a", ""), Map.of()).command());
  }

  @Test
  void theEnvironmentSaysWhereAndWithWhichPassword() throws CliException {
    Map<String, String> environment =
        Map.of(
            "CHATROOM_NAME", "alice",
            "CHATROOM_SERVER", "chat.example:99",
            "CHATROOM_PASSWORD_FILE", "secret");
    CliCall call = parse(List.of("read"), environment);
    assertEquals("chat.example", call.connection().host());
    assertEquals(99, call.connection().port());
    assertEquals(Path.of("secret"), call.connection().passwordFile());
    assertEquals(
        "other", parse(List.of("read", "--server", "other"), environment).connection().host());
    String link = "chatroom://[2001:db8::7]:7701/" + "0f".repeat(16) + "?key=" + "ab".repeat(32);
    assertEquals(
        "2001:db8::7",
        parse(List.of("read", "--invitation", link), environment).connection().host());
  }

  @Test
  void theLastThatSaysWhereTheServerIsCounts() throws CliException {
    String link = "chatroom://chat.example:7701/" + "0f".repeat(16) + "?key=" + "ab".repeat(32);
    assertEquals(
        "near", parse("read --name a --invitation " + link + " --server near").connection().host());
    assertEquals(
        "chat.example",
        parse("read --name a --server near --invitation " + link).connection().host());
  }

  @Test
  void profileShowsPeopleWithTheNamesOfItsCommands() throws CliException {
    assertEquals(
        new CliCommand.ShowProfile("set", true), parse("profile --json set --name a").command());
    assertEquals(
        new CliCommand.ShowProfile("bob", false), parse("profile --name a @bob").command());
  }
}
