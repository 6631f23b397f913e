// SPDX-License-Identifier: Apache-2.0
package chat.admin;

import chat.admin.command.Arguments;
import chat.admin.command.Command;
import chat.admin.command.CommandException;
import chat.admin.command.Fields;
import chat.operations.CopyPlan;
import chat.operations.CopyState;
import chat.operations.OperationException;
import chat.operations.OperationException.Reason;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Commands about the stores and copies of them. */
record StoreCommands(
    Operations operations, Restore restore, StoreRemoval removal, Exclusion exclusion) {
  private static final String COPY = "copy: state, and what is known in that state";

  List<Command> all() {
    return List.of(
        Command.of(
            "stores",
            "Tell which stores there are.",
            "stores: a list of name, engine, mode and description",
            arguments -> Map.of("stores", StoreFields.of(operations.stores().stores()))),
        Command.of(
                "migrate",
                "Begin to copy everything into another store, which then takes over.",
                COPY + "; with --dry-run plan: from, to, entries, fileBytes",
                this::migrate)
            .option("--dry-run", "")
            .parameter("FROM", Command.Count.ONE)
            .parameter("TO", Command.Count.ONE),
        Command.of("backup", "Begin to write everything into a sealed file.", COPY, this::backup)
            .parameter("FILE", Command.Count.ONE),
        Command.of(
                "restore",
                "Begin to put a backup in the place of all there is.",
                COPY + "; configuration of the store if one is made",
                this::restore)
            .parameter("FILE", Command.Count.ONE)
            .parameter("STORE", Command.Count.UP_TO_ONE),
        Command.of(
            "rekey",
            "Put another master key in the place of the one that is good.",
            "sealing: running, done, planned",
            arguments -> rekey()),
        Command.of(
            "copying",
            "Tell how the copy is doing that is being made or was the last.",
            COPY,
            this::copying),
        Command.of(
                "remove-store",
                "Remove a store that another one took over from, with its data.",
                "store, mode (what it was), configuration, and folder if it was embedded",
                arguments -> exclusion.run(() -> removal.of(arguments.first())))
            .parameter("NAME", Command.Count.ONE),
        Command.of(
            "cancel",
            "End the copy that is being made.",
            COPY,
            arguments -> copy(operations.stores().cancelCopy())));
  }

  private Map<String, Object> copying(Arguments arguments) throws OperationException {
    restore.awaitSettled();
    return copy(operations.stores().copyState());
  }

  /** A backup is sealed under one master key from its beginning to its end. */
  private Map<String, Object> rekey() throws OperationException, IOException {
    return exclusion.run(() -> {
      if (operations.isCopying()) {
        throw new OperationException(
            Reason.CONFLICT,
            "everything is being copied; wait for it (chatroom copying), or chatroom cancel");
      }
      operations.server().rekey();
      return Map.of("sealing", StoreFields.of(operations.server().sealing()));
    });
  }

  private static Map<String, Object> copy(CopyState state) {
    return Map.of("copy", StoreFields.of(state));
  }

  private Map<String, Object> migrate(Arguments arguments) throws OperationException {
    String from = arguments.get(0);
    String to = arguments.get(1);
    if (!arguments.has("--dry-run")) {
      return copy(operations.stores().migrate(from, to));
    }
    CopyPlan plan = operations.stores().planMigration(from, to);
    return Map.of(
        "plan",
        Fields.of("from", plan.from())
            .with("to", plan.to())
            .with("entries", plan.entries())
            .with("fileBytes", plan.fileBytes())
            .map());
  }

  private Map<String, Object> backup(Arguments arguments) throws OperationException {
    return copy(operations.stores().backup(Path.of(arguments.first())));
  }

  private Map<String, Object> restore(Arguments arguments)
      throws CommandException, OperationException, IOException {
    Path file = Path.of(arguments.first());
    return exclusion.run(() ->
        arguments.count() == 2
            ? copy(operations.stores().restore(file, arguments.get(1)))
            : restore.from(file));
  }
}
