// SPDX-License-Identifier: Apache-2.0
package chat.admin;

import chat.admin.command.Fields;
import chat.operations.CopyState;
import chat.operations.OperationException;
import chat.operations.OperationException.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Restores a backup into an embedded store that is made for it: a configuration of its own beside
 * the others, so that the store of before stays as it is. If it does not succeed nothing of that is
 * left behind. If it does, stores that can't be opened are set aside, because the server would not
 * start with them.
 */
final class Restore {
  private static final Logger LOG = LoggerFactory.getLogger(Restore.class);
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);
  private static final long OPEN_NANOS = 10_000_000_000L;
  private static final long SETTLE_MILLIS = 20_000;

  private final Path configurations;
  private final Operations operations;
  private final StoreConfigs stores;
  private final StoreRemoval removal;
  private volatile @Nullable Thread settling;

  /**
   * @param configurations the folder
   */
  Restore(Path configurations, Operations operations, StoreConfigs stores, StoreRemoval removal) {
    this.configurations = configurations;
    this.operations = operations;
    this.stores = stores;
    this.removal = removal;
  }

  Map<String, Object> from(Path file) throws OperationException, IOException {
    if (!Files.isReadable(file)) {
      throw new OperationException(
          Reason.NOT_FOUND, "there is no backup " + file + " that can be read");
    }
    String name = "restored-" + STAMP.format(Instant.now());
    Path configuration = configurations.resolve("chat.storage.sqlite-" + name + ".config");
    Files.writeString(
        configuration,
        "# Made to restore a backup.\nname=\"%s\"\nfolder=\"store-%s\"\n".formatted(name, name));
    try {
      awaitOpen(name);
      CopyState begun = operations.stores().restore(file, name);
      settling = Thread.ofPlatform().name("chat-restore").daemon().start(() -> settle(name));
      return Fields.of("copy", StoreFields.of(begun)).with("configuration", configuration).map();
    } catch (OperationException e) {
      forget(name, configuration);
      throw e;
    }
  }

  /** Other stores may be damaged: what counts is that this one is there. */
  private void awaitOpen(String name) throws OperationException {
    long deadline = System.nanoTime() + OPEN_NANOS;
    while (operations.stores().stores().stream().noneMatch(each -> each.name().equals(name))) {
      if (System.nanoTime() > deadline) {
        throw new OperationException(
            Reason.FAILED, "the new store can't be opened; look at the log and at the disk");
      }
      StoreRemoval.pause();
    }
  }

  private void settle(String name) {
    try {
      CopyState state = operations.stores().copyState();
      while (state instanceof CopyState.Running) {
        StoreRemoval.pause();
        state = operations.stores().copyState();
      }
      if (state instanceof CopyState.Done) {
        setDamagedAside();
      } else {
        removal.remove(stores.named(name));
        LOG.info("Store {} was removed, as nothing was restored into it", name);
      }
    } catch (OperationException | IOException e) {
      LOG.error("After the restoration into {}: {}", name, e.getMessage());
    }
  }

  private void forget(String name, Path configuration) throws IOException {
    try {
      removal.remove(stores.named(name));
    } catch (OperationException e) {
      LOG.debug("It was never there", e);
      Files.deleteIfExists(configuration);
    }
  }

  private void setDamagedAside() throws IOException {
    String mark = ".damaged-" + STAMP.format(Instant.now());
    for (StoreConfigs.Configured each : stores.all()) {
      if (each.failed()) {
        Files.move(each.file(), each.file().resolveSibling(each.file().getFileName() + mark));
        if (each.folder().filter(Files::exists).isPresent()) {
          Path folder = each.folder().get();
          Files.move(folder, folder.resolveSibling(folder.getFileName() + mark));
        }
        LOG.warn("Store {} can't be opened and was set aside as *{}", each.name(), mark);
      }
    }
  }

  /** Waits until nothing is left to be done for a restoration that has ended. */
  void awaitSettled() throws OperationException {
    Thread running = settling;
    if (running != null && !(operations.stores().copyState() instanceof CopyState.Running)) {
      try {
        running.join(SETTLE_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new OperationException(Reason.FAILED, "interrupted", e);
      }
    }
  }
}
