// SPDX-License-Identifier: Apache-2.0
package chat.prove;

import chat.cli.base.CliException;
import chat.cli.base.CliProgram;
import chat.cli.base.CommandProvider;
import chat.cli.base.CommandTree;
import chat.prove.fault.DisturbanceOptions;
import chat.prove.fault.Kind;
import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code prove}: a command line, understood. */
@Command(
    name = Options.NAME,
    description = {
      "Prove that exchanging parts of a running server loses nothing.",
      "%nClients write and listen, the server is disturbed, and in the end every acknowledgement is"
          + " held against what is stored and what each client heard. Without --data it starts a"
          + " server of its own in a temporary folder and removes it."
    },
    exitCodeList = {
      "0:nothing is wrong",
      "1:something was lost, doubled, out of order, missing, unanswered or cut off, or a disturbance"
          + " failed",
      "2:wrong usage",
      "3:the server can't be started or reached"
    })
final class Options implements Callable<Options> {
  static final String NAME = "prove";

  /** How long there is load unless somebody says otherwise. */
  static final Duration TIME = Duration.ofSeconds(30);

  /** So many register from one address in ten minutes. */
  private static final int MOST_CLIENTS_OF_AN_ADDRESS = 10;

  private static final int RATE_OF_A_PERSON = 2;

  @Mixin private final LoadOptions load = new LoadOptions();
  @Mixin private final DisturbanceOptions disturbances = new DisturbanceOptions();
  @Mixin private final HostileOptions hostile = new HostileOptions();
  @Mixin private final ServerOptions server = new ServerOptions();
  @Mixin private final ReportOptions report = new ReportOptions();

  /** Shows the command to completion and the manual. */
  public static final class Provider implements CommandProvider {
    @Override
    public List<Object> commands() {
      return List.of(new Options());
    }
  }

  static CliProgram program(PrintStream out, PrintStream err) {
    CommandTree tree = new CommandTree().add(NAME, Options::new);
    return new CliProgram(tree, Map.of(), out, err, Exit.UNREACHABLE);
  }

  /** The whole line for what follows the command's name. */
  static List<String> line(List<String> arguments) {
    List<String> line = new ArrayList<>(List.of(NAME));
    line.addAll(arguments);
    HostileOptions.complete(line);
    return line;
  }

  static Options parse(List<String> arguments) throws CliException {
    PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
    return (Options) program(nowhere, nowhere).parse(line(arguments)).orElseThrow();
  }

  /** Checks what does not go together. */
  @Override
  public Options call() throws CliException {
    List<Kind> wanted = disturbances.wanted();
    if (disturbances.swaps() > 0 && wanted.isEmpty()) {
      throw CliException.usage(
          "--swaps says how many; say also what: --swap KIND, --kill or --cut");
    }
    if (server.data().isPresent() && wanted.contains(Kind.KILL)) {
      throw CliException.usage(
          "--kill is for a server that prove has started itself, not with --data");
    }
    if (load.rooms() > load.clients()) {
      throw CliException.usage(
          "--rooms %1$d needs as many clients at least: --clients %1$d".formatted(load.rooms()));
    }
    checkAttacks();
    if (load.classicClients() > 0 && wanted.contains(Kind.KILL)) {
      throw CliException.usage(
          "--kill ends original clients, which never connect again; leave out --classic");
    }
    if (load.classicClients() > 0 && load.changes() > 0) {
      throw CliException.usage(
          "--changes are no lines that original clients could count; leave out --classic");
    }
    return this;
  }

  private void checkAttacks() throws CliException {
    if (hostile.attacks().isEmpty()) {
      return;
    }
    if (server.data().isPresent()) {
      throw CliException.usage(
          "--hostile is for a server that prove has started itself, not with --data");
    }
    if (load.clients() > MOST_CLIENTS_OF_AN_ADDRESS || load.classicClients() > 0) {
      throw CliException.usage(
          "--hostile leaves the server its usual limits: at most --clients %d, and no --classic"
              .formatted(MOST_CLIENTS_OF_AN_ADDRESS));
    }
  }

  /** Messages a second of all clients together, as many as limits allow. */
  int rate() {
    return hostile.attacks().isEmpty()
        ? load.rate()
        : Math.min(load.rate(), load.clients() * RATE_OF_A_PERSON);
  }

  /** How long there is load; empty if it ends with the last disturbance. */
  Optional<Duration> time() {
    Integer seconds = load.seconds();
    if (seconds != null) {
      return Optional.of(Duration.ofSeconds(seconds));
    }
    return disturbances.swaps() == 0 && hostile.attacks().isEmpty()
        ? Optional.of(TIME)
        : Optional.empty();
  }

  /** Who attacks; empty if nobody does. */
  Optional<Attackers> attackers() {
    return hostile.attackers();
  }

  Attackers.Round round(PrintStream out) {
    return new Attackers.Round(
        hostile.attacks(),
        hostile.each(),
        disturbances.wanted().isEmpty() ? Attackers.Rule.TIMES : Attackers.Rule.DISTURBED,
        out);
  }

  HostileOptions hostile() {
    return hostile;
  }

  LoadOptions load() {
    return load;
  }

  DisturbanceOptions disturbances() {
    return disturbances;
  }

  ServerOptions server() {
    return server;
  }

  ReportOptions report() {
    return report;
  }
}
