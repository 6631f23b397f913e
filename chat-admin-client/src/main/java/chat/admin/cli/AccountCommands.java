// SPDX-License-Identifier: Apache-2.0
package chat.admin.cli;

import chat.cli.base.Bounds;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code account}, as far as it is about other people's: for the operator of a server. */
@Command(
    name = "account",
    description = {
      "Look after the accounts of a server that runs on this machine.",
      "%nAn account is named by its name, or by # and its id."
    })
final class AccountCommands {
  private static final String LIMIT = "100";

  /** What an account can be to the server. */
  enum RoleName {
    OWNER,
    MODERATOR,
    MEMBER;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** The account that is meant, on the server that is meant. */
  static final class Target {
    @Parameters(index = "0", paramLabel = "ACCOUNT", description = "Its name, or # and its id.")
    private String account = "";

    @Mixin private final ServerOptions server = new ServerOptions();

    private Order order(String word, String... more) {
      List<String> words = new ArrayList<>(List.of("account", word, account));
      words.addAll(List.of(more));
      return Order.of(server, words.toArray(String[]::new));
    }
  }

  @Command(description = "List accounts by name: id, name, role, when it was made, and how it is.")
  Order list(
      @Parameters(
              arity = "0..1",
              paramLabel = "WORDS",
              description = "Only those whose names contain this.")
          @Nullable String words,
      @Option(
              names = "--limit",
              paramLabel = "N",
              defaultValue = LIMIT,
              description = "At most so many: 1 to 1000. Default: 100.")
          @Bounds(min = 1, max = 1_000)
          int limit,
      @Option(
              names = "--after",
              paramLabel = "NAME",
              defaultValue = "",
              description = "Begin behind this name.")
          String after,
      @Mixin ServerOptions server) {
    return Order.of(
        server,
        "account",
        "list",
        "--limit",
        String.valueOf(limit),
        "--after",
        after,
        "--",
        words == null ? "" : words);
  }

  @Command(description = "Tell about an account, and which devices are logged in to it.")
  Order show(@Mixin Target target) {
    return target.order("show");
  }

  @Command(
      description = {
        "Log an account out and let it log in no more.",
        "%nEverything else stays: its messages, its rooms, its name."
      })
  Order suspend(@Mixin Target target) {
    return target.order("suspend");
  }

  @Command(description = "Let a suspended account log in again.")
  Order resume(@Mixin Target target) {
    return target.order("resume");
  }

  @Command(
      name = "reset-link",
      description = {
        "Make a link by which somebody can set a new password.",
        "%nIt is good once, within 24 hours; by that all devices are logged out. It is shown once"
            + " and kept by nobody: give it only to whose account it is."
      })
  Order resetLink(
      @Mixin Target target,
      @Option(
              names = "--host",
              paramLabel = "HOST",
              description = "How the server is called. Default: what this machine calls itself.")
          @Nullable String host) {
    return host == null
        ? target.order("reset-link")
        : Order.of(target.server, "account", "reset-link", "--host", host, "--", target.account);
  }

  @Command(description = "List the devices that are logged in to an account.")
  Order sessions(@Mixin Target target) {
    return target.order("sessions");
  }

  @Command(name = "end-sessions", description = "Log all devices of an account out.")
  Order endSessions(@Mixin Target target) {
    return target.order("end-sessions");
  }

  @Command(
      description = {
        "Change what an account is to the server.",
        "%nAn owner owns every public room that it has joined, a moderator moderates them. The last"
            + " owner stays one."
      })
  Order role(
      @Mixin Target target,
      @Parameters(index = "1", paramLabel = "ROLE", description = "owner, moderator or member.")
          RoleName role) {
    return target.order("role", role.toString());
  }

  @Command(description = "Give an account another name; everything else stays.")
  Order rename(
      @Mixin Target target,
      @Parameters(index = "1", paramLabel = "NAME", description = "The new name.") String name) {
    return target.order("rename", name);
  }

  @Command(
      name = "remove-second-factor",
      description = {
        "Let somebody log in with the password alone again.",
        "%nFor who has lost the authenticator and the recovery codes. Be sure who asks for it."
      })
  Order removeSecondFactor(@Mixin Target target) {
    return target.order("remove-second-factor");
  }

  @Command(
      description = {
        "Write what the server keeps of an account into a new folder.",
        "%naccount.json, messages.jsonl with a line for each message, and the files that it sent;"
            + " for people who ask for what is theirs. The folder is readable by who runs the server"
            + " alone."
      })
  Order export(
      @Mixin Target target,
      @Parameters(
              index = "1",
              paramLabel = "FOLDER",
              description = "A folder that is not there yet.")
          Path folder) {
    return target.order("export", Order.absolute(folder));
  }

  @Command(
      description = {
        "Delete an account for good.",
        "%nEverything that it wrote or sent is erased for everybody."
      })
  Order delete(
      @Mixin Target target,
      @Option(names = "--yes", description = "Do it without asking.") boolean yes) {
    return target
        .order("delete")
        .asking(yes, "This erases " + target.account + " and everything it wrote or sent. Go on?");
  }
}
