// SPDX-License-Identifier: Apache-2.0
package chat.admin;

import chat.admin.command.Fields;
import chat.operations.OperationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;

/**
 * Restores a backup into an embedded store that is made for it: a configuration of its own beside
 * the others, so that the store of before stays as it is.
 *
 * @param configurations the folder
 */
record Restore(Path configurations, Operations operations, ProgramHealth health) {
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

  Map<String, Object> from(Path file) throws OperationException, IOException {
    String name = "restored-" + STAMP.format(Instant.now());
    Path configuration = configurations.resolve("chat.storage.sqlite-" + name + ".config");
    Files.writeString(
        configuration,
        "# Made to restore a backup.\nname=\"%s\"\nfolder=\"store-%s\"\n".formatted(name, name));
    try {
      health.await(() -> isThere(name));
      return Fields.of("copy", StoreFields.of(operations.stores().restore(file, name)))
          .with("configuration", configuration)
          .map();
    } catch (OperationException e) {
      Files.deleteIfExists(configuration);
      throw e;
    }
  }

  private boolean isThere(String name) throws OperationException {
    return operations.stores().stores().stream().anyMatch(store -> store.name().equals(name));
  }
}
