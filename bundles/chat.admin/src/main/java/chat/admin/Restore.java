// SPDX-License-Identifier: Apache-2.0
package chat.admin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.osgi.framework.BundleContext;

/**
 * Restores a backup, into an embedded store that is made for it if none is named: a configuration
 * of its own beside the others, so that the store of before stays as it is.
 */
record Restore(BundleContext bundles, CommandRegistry words, Health health) {
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

  String from(String file) throws CommandException, IOException {
    String name = "restored-" + STAMP.format(Instant.now());
    Path configuration =
        Path.of(bundles.getProperty("chat.conf"))
            .resolve("chat.storage.sqlite-" + name + ".config");
    Files.writeString(
        configuration,
        "# Made to restore a backup.\nname=\"%s\"\nfolder=\"store-%s\"\n".formatted(name, name));
    String begun;
    try {
      health.await(words, () -> isThere(name));
      begun = into(file, name);
    } catch (CommandException e) {
      Files.deleteIfExists(configuration);
      throw e;
    }
    return begun + " into the new store " + name + " (" + configuration + ")";
  }

  String into(String file, String store) throws CommandException {
    return words.call(List.of("restoreInto", file, store));
  }

  private boolean isThere(String name) throws CommandException {
    return words.call(List.of("stores")).lines().anyMatch(line -> line.startsWith(name + " "));
  }
}
