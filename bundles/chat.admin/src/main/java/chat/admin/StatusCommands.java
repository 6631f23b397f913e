// SPDX-License-Identifier: Apache-2.0
package chat.admin;

import chat.admin.audit.Audit;
import chat.admin.command.Arguments;
import chat.admin.command.Command;
import chat.admin.command.Fields;
import chat.operations.Health;
import chat.operations.OperationException;
import chat.operations.ServerStatus;
import chat.operations.StoreOperations;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.framework.Bundle;

/** Commands about how everything is doing. */
record StatusCommands(Operations operations, ProgramHealth health, Audit audit) {
  private static final long LATE_MILLIS = 1_000;

  List<Command> all() {
    return List.of(
        Command.of(
            "status",
            "Tell how everything is doing.",
            "version, uptimeSeconds, health, server, store, stores, copy, listeners, parts,"
                + " lastExchange and problems; server, store, stores and copy while there is one",
            this::status),
        Command.of(
            "ready",
            "Tell whether everything is at work.",
            "health: state (ready, waiting, failed) and why; listeners",
            arguments ->
                Fields.of("health", fields(health.ofProgram()))
                    .with("listeners", listeners())
                    .map()));
  }

  private Map<String, Object> status(Arguments arguments) {
    Duration uptime = Duration.ofMillis(ManagementFactory.getRuntimeMXBean().getUptime());
    Fields fields =
        Fields.of("version", health.version())
            .with("uptimeSeconds", uptime.toSeconds())
            .with("health", fields(health.ofProgram()))
            .with("server", server());
    List<String> problems = new ArrayList<>(health.problems());
    problems.addAll(health.extensionProblems());
    problems.addAll(found());
    for (ProgramHealth.Listening each : health.listeners()) {
      if (each.delayMillis() >= LATE_MILLIS) {
        problems.add(
            "listener " + each.name() + ": its threads were " + each.delayMillis() + " ms late");
      }
    }
    stores()
        .ifPresent(stores ->
            fields
                .with("store", StoreFields.of(stores.current()))
                .with("stores", StoreFields.of(stores.stores()))
                .with("copy", StoreFields.of(stores.copyState())));
    return fields
        .with("listeners", listeners())
        .with("parts", health.ours().stream().map(StatusCommands::fields).toList())
        .with("lastExchange", audit.last())
        .with("problems", problems)
        .with("warnings", health.storeWarnings())
        .map();
  }

  private Optional<StoreOperations> stores() {
    try {
      return Optional.of(operations.stores());
    } catch (OperationException e) {
      return Optional.empty();
    }
  }

  private List<String> found() {
    try {
      List<String> found = new ArrayList<>(operations.server().sealing().leftOut());
      found.addAll(operations.server().status().load().problems());
      return found;
    } catch (OperationException e) {
      return List.of(); // health says why
    }
  }

  /** Absent until the server has begun; {@code health} says why. */
  private Optional<Map<String, Object>> server() {
    try {
      ServerStatus status = operations.server().status();
      return Optional.of(
          Fields.of("since", status.since())
              .with("sessions", status.sessions())
              .with("online", status.online())
              .with("accounts", status.contents().accounts())
              .with("rooms", status.contents().rooms())
              .with("entries", status.contents().entries())
              .with("journal", Fields.of(status.journal()))
              .with("load", Fields.of(status.load()))
              .with("sealing", StoreFields.of(operations.server().sealing()))
              .map());
    } catch (OperationException e) {
      return Optional.empty();
    }
  }

  static Map<String, Object> fields(Health health) {
    return switch (health) {
      case Health.Ready() -> Fields.of("state", "ready").map();
      case Health.Waiting(String why) -> Fields.of("state", "waiting").with("why", why).map();
      case Health.Failed(String why) -> Fields.of("state", "failed").with("why", why).map();
    };
  }

  private List<Map<String, Object>> listeners() {
    return health.listeners().stream()
        .map(each ->
            Fields.of("name", each.name())
                .with("address", each.address())
                .with("fingerprint", each.fingerprint())
                .with("warning", each.warning())
                .with("delayMillis", each.delayMillis())
                .with("refused", each.refused())
                .map())
        .toList();
  }

  private static Map<String, Object> fields(Bundle bundle) {
    return Fields.of("name", bundle.getSymbolicName())
        .with("version", bundle.getVersion())
        .with("state", state(bundle))
        .with("since", Instant.ofEpochMilli(bundle.getLastModified()))
        .map();
  }

  static String state(Bundle bundle) {
    return switch (bundle.getState()) {
      case Bundle.ACTIVE -> "active";
      case Bundle.STARTING -> "starting";
      case Bundle.STOPPING -> "stopping";
      case Bundle.RESOLVED -> "resolved";
      case Bundle.INSTALLED -> "unresolved";
      default -> "gone";
    };
  }
}
