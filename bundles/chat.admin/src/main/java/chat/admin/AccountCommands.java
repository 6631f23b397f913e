// SPDX-License-Identifier: Apache-2.0
package chat.admin;

import chat.admin.command.Arguments;
import chat.admin.command.Command;
import chat.admin.command.CommandException;
import chat.admin.command.Fields;
import chat.operations.AccountDetails;
import chat.operations.AccountInfo;
import chat.operations.AccountOperations;
import chat.operations.AccountPage;
import chat.operations.AccountRole;
import chat.operations.OperationException;
import chat.operations.SessionInfo;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Commands about accounts: who there is, and what an operator does for them and to them. */
record AccountCommands(Operations operations) {
  private static final int PAGE = 100;
  private static final String ACCOUNT = "ACCOUNT";
  private static final String ID = "id and name of the account";

  List<Command> all() {
    return List.of(
        Command.of(
                "account list",
                "List accounts by name.",
                "accounts: a list of id, name, role, created, online, seen and suspended (absent"
                    + " where there is nothing to say); more",
                this::list)
            .option("--after", "NAME")
            .option("--limit", "N")
            .parameter("WORDS", Command.Count.UP_TO_ONE),
        of(
            "show",
            "Tell about an account.",
            "account, display, rooms, contacts, sessions",
            this::show),
        of("suspend", "Log an account out and let it log in no more.", ID, this::suspend),
        of("resume", "Let a suspended account log in again.", ID, this::resume),
        of(
                "reset-link",
                "Make a link to set a new password.",
                "link, which is shown once",
                this::resetLink)
            .option("--host", "HOST"),
        of(
            "sessions",
            "List the devices of an account.",
            "sessions: a list of id, device, address, created and used",
            this::sessions),
        of("end-sessions", "Log an account out everywhere.", ID, this::endSessions),
        of("role", "Change what an account is to the server.", ID + ", role", this::role)
            .parameter("ROLE", Command.Count.ONE),
        of("rename", "Give an account another name.", ID, this::rename)
            .parameter("NAME", Command.Count.ONE),
        of("delete", "Delete an account and all that it said.", ID, this::delete));
  }

  private static Command of(String name, String help, String result, Command.Action action) {
    return Command.of("account " + name, help, result, action)
        .parameter(ACCOUNT, Command.Count.ONE);
  }

  private AccountOperations accounts() throws OperationException {
    return operations.accounts();
  }

  private Map<String, Object> list(Arguments arguments)
      throws CommandException, OperationException {
    AccountPage page =
        accounts()
            .list(
                arguments.count() == 0 ? "" : arguments.first(),
                arguments.value("--after").orElse(""),
                arguments.number("--limit", PAGE, AccountOperations.MOST));
    return Fields.of("accounts", page.accounts().stream().map(AccountCommands::fields).toList())
        .with("more", page.more())
        .map();
  }

  private static Map<String, Object> fields(AccountInfo account) {
    return Fields.of("id", account.id())
        .with("name", account.name())
        .with("role", lower(account.role()))
        .with("created", seconds(account.created()))
        .with("online", account.online())
        .with("seen", account.seen().map(AccountCommands::seconds))
        .with("suspended", account.suspended().map(AccountCommands::seconds))
        .map();
  }

  private static String lower(AccountRole role) {
    return role.name().toLowerCase(Locale.ROOT);
  }

  private static Instant seconds(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS);
  }

  private Map<String, Object> show(Arguments arguments) throws OperationException {
    AccountDetails details = accounts().show(arguments.first());
    return Fields.of("account", fields(details.account()))
        .with("display", details.display())
        .with("rooms", details.rooms())
        .with("contacts", details.contacts())
        .with("sessions", details.sessions().stream().map(AccountCommands::fields).toList())
        .map();
  }

  private static Map<String, Object> fields(SessionInfo session) {
    return Fields.of("id", session.id())
        .with("device", session.device())
        .with("address", session.address())
        .with("created", seconds(session.created()))
        .with("used", seconds(session.used()))
        .map();
  }

  private Map<String, Object> sessions(Arguments arguments) throws OperationException {
    return Map.of(
        "sessions",
        accounts().sessions(arguments.first()).stream().map(AccountCommands::fields).toList());
  }

  /** Which one it is, by the name that it has now. */
  private Fields named(String account) throws OperationException {
    AccountInfo info = accounts().show(account).account();
    return Fields.of("id", info.id()).with("name", info.name());
  }

  private Map<String, Object> suspend(Arguments arguments) throws OperationException {
    accounts().suspend(arguments.first());
    return named(arguments.first()).map();
  }

  private Map<String, Object> resume(Arguments arguments) throws OperationException {
    accounts().resume(arguments.first());
    return named(arguments.first()).map();
  }

  private Map<String, Object> resetLink(Arguments arguments) throws OperationException {
    return Map.of("link", accounts().resetLink(arguments.first(), arguments.value("--host")));
  }

  private Map<String, Object> endSessions(Arguments arguments) throws OperationException {
    accounts().endSessions(arguments.first());
    return named(arguments.first()).map();
  }

  private Map<String, Object> role(Arguments arguments)
      throws CommandException, OperationException {
    AccountRole role =
        Arrays.stream(AccountRole.values())
            .filter(each -> lower(each).equals(arguments.get(1)))
            .findFirst()
            .orElseThrow(() ->
                arguments.wrong(
                    "a role is one of "
                        + Arrays.stream(AccountRole.values())
                            .map(AccountCommands::lower)
                            .collect(Collectors.joining(", "))
                        + ", not "
                        + arguments.get(1)));
    accounts().setRole(arguments.first(), role);
    return named(arguments.first()).with("role", lower(role)).map();
  }

  private Map<String, Object> rename(Arguments arguments) throws OperationException {
    long id = accounts().show(arguments.first()).account().id();
    accounts().rename(arguments.first(), arguments.get(1));
    return named("#" + id).map();
  }

  private Map<String, Object> delete(Arguments arguments) throws OperationException {
    Map<String, Object> deleted = named(arguments.first()).map();
    accounts().delete(arguments.first());
    return deleted;
  }
}
