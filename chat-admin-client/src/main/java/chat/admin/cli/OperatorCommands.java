// SPDX-License-Identifier: Apache-2.0
package chat.admin.cli;

import chat.cli.base.Bounds;
import chat.cli.base.CommandProvider;
import chat.cli.base.CommandTree;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The commands for a server that runs on this machine, a method each. */
final class OperatorCommands {
  private static final String USES = "1";
  private static final String DAYS = "7";
  private static final String YES = "Do it without asking.";

  private OperatorCommands() {}

  /** Shows them to completion and the manual. */
  public static final class Provider implements CommandProvider {
    @Override
    public List<Object> commands() {
      List<Object> commands = new ArrayList<>(methods(ProgramCommands.class));
      commands.addAll(methods(OperatorCommands.class));
      commands.add(new AccountCommands());
      commands.add(new ExtensionCommands());
      return commands;
    }
  }

  static CommandTree tree() {
    CommandTree tree = new CommandTree("Look after a server that runs on this machine.");
    for (Method command : methods(OperatorCommands.class)) {
      tree.add(command.getAnnotation(Command.class).name(), () -> command);
    }
    return tree.add("account", AccountCommands::new).add("extension", ExtensionCommands::new);
  }

  private static List<Method> methods(Class<?> commands) {
    return CommandLine.getCommandMethods(commands, null);
  }

  @Command(
      name = "status",
      description = "Tell how the server is doing, in lines of a key and a value.")
  static Order status(@Mixin ServerOptions server) {
    return Order.of(server, "status");
  }

  @Command(name = "users", description = "Tell who is online, a name a line.")
  static Order users(@Mixin ServerOptions server) {
    return Order.of(server, "users");
  }

  @Command(
      name = "invite",
      description = {
        "Make a link by which people can register.",
        "%nIt works also where registration is not open. It names this server as HOST and holds"
            + " the fingerprint of its key, so that nobody is asked about that. The link is shown"
            + " once and kept by nobody."
      })
  static Order invite(
      @Option(
              names = "--uses",
              paramLabel = "N",
              description = "For how many people: 1 to 10000. Default: 1.",
              defaultValue = USES)
          @Bounds(min = 1, max = 10_000)
          int uses,
      @Option(
              names = "--days",
              paramLabel = "D",
              description = "For how many days: 1 to 365. Default: 7.",
              defaultValue = DAYS)
          @Bounds(min = 1, max = 365)
          int days,
      @Option(
              names = "--host",
              paramLabel = "HOST",
              description = "How the server is called. Default: what this machine calls itself.")
          @Nullable String host,
      @Mixin ServerOptions server) {
    return Order.of(
            server, "invite", "--uses", String.valueOf(uses), "--days", String.valueOf(days))
        .with(host != null, "--host", String.valueOf(host));
  }

  @Command(
      name = "owner-invitation",
      description = {
        "Make a link by which somebody registers and becomes an owner of the server.",
        "%nIt is good once, within 7 days; the one of before ends."
      })
  static Order ownerInvitation(
      @Option(
              names = "--host",
              paramLabel = "HOST",
              description = "How the server is called. Default: what this machine calls itself.")
          @Nullable String host,
      @Mixin ServerOptions server) {
    return Order.of(server, "owner-invitation").with(host != null, "--host", String.valueOf(host));
  }

  @Command(
      name = "invitations",
      description = "Tell which invitations can still be used, a line each: id, uses left, end.")
  static Order invitations(@Mixin ServerOptions server) {
    return Order.of(server, "invitations");
  }

  @Command(name = "uninvite", description = "Take an invitation back.")
  static Order uninvite(
      @Parameters(paramLabel = "ID", description = "As chatroom invitations shows it.") String id,
      @Mixin ServerOptions server) {
    return Order.of(server, "uninvite", id);
  }

  @Command(
      name = "announce",
      description = {
        "Tell everybody something.",
        "%nIt is shown on top of the window of everybody who is online, and to others when they"
            + " come, until something else is announced or --clear takes it back. Without TEXT: tell"
            + " what is announced."
      })
  static Order announce(
      @Parameters(paramLabel = "TEXT", arity = "0..1", description = "At most 1000 characters.")
          @Nullable String text,
      @Option(names = "--clear", description = "Take back what is announced.") boolean clear,
      @Mixin ServerOptions server) {
    return text == null || clear
        ? Order.of(server, "announce").with(clear, "--clear")
        : Order.of(server, "announce", "--", text);
  }

  @Command(
      name = "audit",
      description = {
        "Tell what was done to this server, and who came: a line each, the oldest first.",
        "%nWHEN is a span until now (30m, 12h, 7d), a day (2026-01-31) or a time"
            + " (2026-01-31T12:00:00Z), in UTC."
      })
  static Order audit(
      @Option(
              names = "--since",
              paramLabel = "WHEN",
              description = "From when on. Default: 1d.",
              defaultValue = "1d")
          String since,
      @Mixin ServerOptions server) {
    return Order.of(server, "audit", "--since", since);
  }

  @Command(
      name = "stores",
      description = "Tell which stores there are, a line each: name, engine, what it is, where.")
  static Order stores(@Mixin ServerOptions server) {
    return Order.of(server, "stores");
  }

  @Command(
      name = "swap",
      description = {
        "Exchange a running part for a newer build while people chat.",
        "%nThe part is the one that has the name of this bundle. If the new one does not work, the"
            + " old one goes on and you read why. A store is opened beside the old one, which goes"
            + " on until the new one takes over."
      })
  static Order swap(
      @Option(names = "--in-place", description = "End the old one first.") boolean inPlace,
      @Parameters(paramLabel = "JAR", description = "The new build.") Path jar,
      @Mixin ServerOptions server) {
    return Order.of(server, "swap", Order.absolute(jar)).with(inPlace, "--in-place");
  }

  /** What is done to a part. */
  enum Rest {
    START,
    STOP;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Command(
      name = "part",
      description = {
        "Let a part of the running server rest, or take it up again.",
        "%nWhat comes for it meanwhile waits. Every part starts with the next start of the server."
      })
  static Order part(
      @Parameters(paramLabel = "start|stop", description = "What is done.") Rest what,
      @Parameters(paramLabel = "NAME", description = "The symbolic name of the part.") String name,
      @Mixin ServerOptions server) {
    return Order.of(server, "part", what.toString(), name);
  }

  @Command(
      name = "upgrade",
      description = {
        "Exchange all parts for those of another release while people chat.",
        "%nThe release of before stays in the program's folder previous/: upgrade to that is the"
            + " way back."
      })
  static Order upgrade(
      @Parameters(paramLabel = "FOLDER", description = "Where the release is unpacked.")
          Path folder,
      @Mixin ServerOptions server) {
    return Order.of(server, "upgrade", Order.absolute(folder));
  }

  @Command(
      name = "migrate",
      description = {
        "Move everything to another store while people chat.",
        "%nCopies the active store FROM into the store TO; then TO takes over. TO is empty, or what"
            + " is left of an earlier migration: then only what it lacks is copied. Ctrl+C ends the"
            + " display, not the migration: chatroom copying shows it again, chatroom cancel ends"
            + " it."
      })
  static Order migrate(
      @Option(names = "--dry-run", description = "Only tell what there is to copy.") boolean dryRun,
      @Parameters(paramLabel = "FROM", description = "The store in use.") String from,
      @Parameters(paramLabel = "TO", description = "Another one.") String to,
      @Mixin ServerOptions server) {
    return Order.of(server, "migrate", from, to).with(dryRun, "--dry-run").following(!dryRun);
  }

  @Command(
      name = "backup",
      description = {
        "Write everything into a file while people chat.",
        "%nIt is sealed under the master key of this server, without which nobody can read it, and"
            + " checked after it is written."
      })
  static Order backup(
      @Parameters(paramLabel = "FILE", description = "A file that is not there yet.") Path file,
      @Mixin ServerOptions server) {
    return Order.of(server, "backup", Order.absolute(file)).following(true);
  }

  @Command(
      name = "restore",
      description = {
        "Put a backup in the place of all there is.",
        "%nIt goes into a new embedded store, or into the empty one that is named; the store of"
            + " before stays as it is. Clients are sent away for a moment. If no server runs, one is"
            + " started for this that nobody can connect to; a store that can't be opened is then"
            + " set aside."
      })
  static Order restore(
      @Option(names = "--yes", description = YES) boolean yes,
      @Parameters(paramLabel = "FILE", description = "The backup.") Path file,
      @Parameters(paramLabel = "STORE", arity = "0..1", description = "The name of an empty store.")
          @Nullable String store,
      @Mixin ServerOptions server) {
    Order order =
        store == null
            ? Order.of(server, "restore", Order.absolute(file))
            : Order.of(server, "restore", Order.absolute(file), store);
    return order
        .following(true)
        .alsoAlone()
        .asking(yes, "This puts " + file + " in the place of all there is. Go on?");
  }

  @Command(
      name = "remove-store",
      description = {
        "Remove a store that another one took over from.",
        "%nAn embedded one goes with its data. One that is in use, or could be again, is refused."
      })
  static Order removeStore(
      @Option(names = "--yes", description = YES) boolean yes,
      @Parameters(paramLabel = "NAME", description = "As chatroom stores shows it.") String name,
      @Mixin ServerOptions server) {
    return Order.of(server, "remove-store", name)
        .asking(yes, "This removes the store " + name + " for good. Go on?");
  }

  @Command(
      name = "rekey",
      description = {
        "Put another master key in the place of the one that is good.",
        "%nThe data keys are wrapped by it at once, and accounts, memberships and everything else"
            + " that decides is sealed anew behind it, while people chat; chatroom status tells how"
            + " far that is. Keep the old key file with the backups that were made until now, and"
            + " back the new one up."
      })
  static Order rekey(@Mixin ServerOptions server) {
    return Order.of(server, "rekey");
  }

  @Command(name = "copying", description = "Tell how a migration, backup or restoration is doing.")
  static Order copying(@Mixin ServerOptions server) {
    return Order.of(server, "copying");
  }

  @Command(
      name = "cancel",
      description = "End a migration, backup or restoration; the same again goes on where it was.")
  static Order cancel(@Mixin ServerOptions server) {
    return Order.of(server, "cancel");
  }

  @Command(name = "stop", description = "End the server; nothing that was acknowledged is lost.")
  static Order stop(@Mixin ServerOptions server) {
    return Order.of(server, "stop");
  }
}
