// SPDX-License-Identifier: Apache-2.0
package chat.admin;

import chat.admin.account.AccountFields;
import chat.admin.account.ExportFolder;
import chat.admin.command.Arguments;
import chat.admin.command.Command;
import chat.admin.command.CommandException;
import chat.admin.command.Fields;
import chat.operations.AccountInfo;
import chat.operations.AccountOperations;
import chat.operations.AccountPage;
import chat.operations.AccountRole;
import chat.operations.OperationException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
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
            "account, display, rooms, contacts, sessions, secondFactor",
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
        of(
            "remove-second-factor",
            "Let an account log in with the password alone again.",
            ID,
            this::removeSecondFactor),
        of(
                "export",
                "Write what the server keeps of an account into a new folder.",
                ID + ", folder, messages, files",
                this::export)
            .parameter("FOLDER", Command.Count.ONE),
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
    return Fields.of("accounts", page.accounts().stream().map(AccountFields::of).toList())
        .with("more", page.more())
        .map();
  }

  private Map<String, Object> show(Arguments arguments) throws OperationException {
    return AccountFields.of(accounts().show(arguments.first()));
  }

  private Map<String, Object> sessions(Arguments arguments) throws OperationException {
    return Map.of(
        "sessions",
        accounts().sessions(arguments.first()).stream().map(AccountFields::of).toList());
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
            .filter(each -> AccountFields.role(each).equals(arguments.get(1)))
            .findFirst()
            .orElseThrow(() ->
                arguments.wrong(
                    "a role is one of "
                        + Arrays.stream(AccountRole.values())
                            .map(AccountFields::role)
                            .collect(Collectors.joining(", "))
                        + ", not "
                        + arguments.get(1)));
    accounts().setRole(arguments.first(), role);
    return named(arguments.first()).with("role", AccountFields.role(role)).map();
  }

  private Map<String, Object> rename(Arguments arguments) throws OperationException {
    long id = accounts().show(arguments.first()).account().id();
    accounts().rename(arguments.first(), arguments.get(1));
    return named("#" + id).map();
  }

  private Map<String, Object> removeSecondFactor(Arguments arguments) throws OperationException {
    accounts().removeSecondFactor(arguments.first());
    return named(arguments.first()).map();
  }

  private Map<String, Object> export(Arguments arguments) throws OperationException, IOException {
    named(arguments.first()); // before there is a folder
    try (ExportFolder folder = ExportFolder.make(Path.of(arguments.get(1)))) {
      accounts().export(arguments.first(), folder);
      return named(arguments.first())
          .with("folder", folder.path().toString())
          .with("messages", folder.messages())
          .with("files", folder.files())
          .map();
    }
  }

  private Map<String, Object> delete(Arguments arguments) throws OperationException {
    Map<String, Object> deleted = named(arguments.first()).map();
    accounts().delete(arguments.first());
    return deleted;
  }
}
