// SPDX-License-Identifier: Apache-2.0
package chat.admin;

import chat.admin.audit.Audit;
import chat.admin.command.Arguments;
import chat.admin.command.Command;
import chat.admin.command.CommandException;
import chat.admin.command.Fields;
import chat.operations.OperationException;
import chat.operations.OperationException.Reason;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.wiring.BundleWiring;

/** Commands that exchange, start and stop parts of the program. */
record PartCommands(
    BundleContext bundles,
    ProgramHealth health,
    Audit audit,
    Swap swap,
    Upgrade upgrade,
    Exclusion exclusion) {

  List<Command> all() {
    return List.of(
        Command.of(
                "swap",
                "Exchange a running part for a newer build of it.",
                "part, from, to, how (overlapped, in-place), pauseMillis if a store took over, and"
                    + " millis",
                arguments ->
                    exclusion.run(
                        () -> swap.with(Path.of(arguments.first()), arguments.has("--in-place"))))
            .option("--in-place", "")
            .parameter("JAR", Command.Count.ONE),
        Command.of(
                "upgrade",
                "Exchange all parts for those of another release.",
                "release, parts (how many), millis, previous (the way back) and restartFor (what"
                    + " takes a restart)",
                arguments ->
                    exclusion.run(() -> upgrade.to(Path.of(arguments.first()).toAbsolutePath())))
            .parameter("FOLDER", Command.Count.ONE),
        Command.of("part", "Let a part rest, or take it up again.", "part and state", this::part)
            .parameter("start|stop", Command.Count.ONE)
            .parameter("NAME", Command.Count.ONE),
        Command.of(
                "wires",
                "Tell which bundles a bundle is wired to: an update of one of them restarts it.",
                "bundles: symbolic names",
                this::wires)
            .parameter("NAME", Command.Count.ONE),
        Command.of("stop", "End the server.", "stopping: true", this::stop));
  }

  private Map<String, Object> part(Arguments arguments)
      throws CommandException, OperationException, IOException {
    String name = arguments.get(1);
    boolean start =
        switch (arguments.first()) {
          case "start" -> true;
          case "stop" -> false;
          default -> throw arguments.wrong("say start or stop, not " + arguments.first());
        };
    return exclusion.run(() -> {
      Bundle part = health.part(name);
      try {
        if (start) {
          part.start();
        } else {
          health.checkNothingIsCopied();
          part.stop();
        }
      } catch (BundleException e) {
        throw new OperationException(Reason.FAILED, name + ": " + e.getMessage(), e);
      }
      audit.done("part", name + (start ? " started" : " stopped"));
      return Fields.of("part", name).with("state", start ? "started" : "stopped").map();
    });
  }

  private Map<String, Object> wires(Arguments arguments) throws OperationException {
    for (Bundle bundle : bundles.getBundles()) {
      if (arguments.first().equals(bundle.getSymbolicName())) {
        return Map.of(
            "bundles",
            bundle.adapt(BundleWiring.class).getRequiredWires(null).stream()
                .map(wire -> wire.getProvider().getSymbolicName())
                .distinct()
                .sorted()
                .toList());
      }
    }
    throw new OperationException(Reason.NOT_FOUND, "there is no bundle " + arguments.first());
  }

  /** What was acknowledged stays. */
  private Map<String, Object> stop(Arguments arguments) {
    Thread.ofPlatform()
        .name("chat-stop")
        .start(() -> {
          try {
            bundles.getBundle(0).stop();
          } catch (BundleException e) {
            throw new IllegalStateException("the framework does not stop", e);
          }
        });
    return Map.of("stopping", true);
  }
}
