// SPDX-License-Identifier: Apache-2.0
package chat.admin;

import chat.admin.audit.Audit;
import chat.admin.command.Fields;
import chat.operations.OperationException;
import chat.operations.OperationException.Reason;
import chat.operations.StoreInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.Optional;

/**
 * Removes a store that is not needed any more: its configuration, and its data if it is embedded.
 */
record StoreRemoval(StoreConfigs configs, Operations operations, Audit audit) {
  private static final long WITHIN_NANOS = 10_000_000_000L;
  private static final long STEP_MILLIS = 20;

  /**
   * Removes a store.
   *
   * @throws OperationException if it is in use, or could be: only what another one took over from,
   *     what is not finished, holds nothing or can't be opened may go
   */
  Map<String, Object> of(String name) throws OperationException, IOException {
    StoreConfigs.Configured store = configs.named(name);
    Optional<StoreInfo> info = info(name);
    String what = info.isEmpty() ? "unusable" : removable(info.get());
    boolean embedded = store.folder().isPresent();
    remove(store);
    audit.done("remove-store", name + " (" + what + ")" + (embedded ? " with its data" : ""));
    return Fields.of("store", name)
        .with("mode", what)
        .with("configuration", store.file())
        .with("folder", store.folder())
        .map();
  }

  private static String removable(StoreInfo store) throws OperationException {
    return switch (store.mode()) {
      case StoreInfo.Retired retired -> "retired";
      case StoreInfo.UnfinishedCopy copy -> "unfinished copy";
      case StoreInfo.Empty empty -> "empty";
      case StoreInfo.Unreadable unreadable -> "unreadable";
      case StoreInfo.Active active ->
          throw new OperationException(
              Reason.CONFLICT, store.name() + " is in use; migrate to another store first");
      case StoreInfo.Standby standby ->
          throw new OperationException(
              Reason.CONFLICT,
              store.name() + " could be in use again and may hold what no other store holds");
    };
  }

  /** Takes the store away from the server, then from the disk. */
  void remove(StoreConfigs.Configured store) throws OperationException, IOException {
    Files.deleteIfExists(store.file());
    long deadline = System.nanoTime() + WITHIN_NANOS;
    while (configs.all().stream().anyMatch(each -> each.name().equals(store.name()))) {
      if (System.nanoTime() > deadline) {
        throw new OperationException(
            Reason.FAILED, store.name() + " is not let go of; its data stays where it is");
      }
      pause();
    }
    if (store.folder().isPresent()) {
      StoreConfigs.removeData(store.folder().get());
    }
  }

  private Optional<StoreInfo> info(String name) throws OperationException {
    return operations.stores().stores().stream()
        .filter(each -> each.name().equals(name))
        .findFirst();
  }

  static void pause() throws OperationException {
    try {
      Thread.sleep(STEP_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new OperationException(Reason.FAILED, "interrupted", e);
    }
  }
}
