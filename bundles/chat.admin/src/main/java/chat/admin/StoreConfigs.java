// SPDX-License-Identifier: Apache-2.0
package chat.admin;

import chat.operations.OperationException;
import chat.operations.OperationException.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;

/**
 * The stores that are configured, whether they could be opened or not, and where they are.
 *
 * @param data the data folder
 */
record StoreConfigs(ServiceComponentRuntime components, Path data) {
  private static final String DATABASE = "chat.db";

  /**
   * A store by its configuration.
   *
   * @param file the configuration
   * @param folder of the data; empty for a store that has none of its own
   * @param failed whether it could not be opened
   */
  record Configured(String name, Path file, Optional<Path> folder, boolean failed) {}

  List<Configured> all() {
    List<Configured> found = new ArrayList<>();
    for (ComponentDescriptionDTO each : components.getComponentDescriptionDTOs()) {
      if (each.bundle.symbolicName.startsWith("chat.storage.")) {
        components.getComponentConfigurationDTOs(each).stream()
            .flatMap(one -> configured(one).stream())
            .forEach(found::add);
      }
    }
    return found;
  }

  private Optional<Configured> configured(ComponentConfigurationDTO one) {
    Map<String, Object> values = one.properties;
    Object file = values.get("felix.fileinstall.filename");
    if (file == null) {
      return Optional.empty();
    }
    return Optional.of(
        new Configured(
            String.valueOf(values.get("name")),
            Path.of(String.valueOf(file).replaceFirst("^file:", "")),
            Optional.ofNullable(values.get("folder"))
                .map(folder -> data.resolve(folder.toString())),
            one.state == ComponentConfigurationDTO.FAILED_ACTIVATION));
  }

  Configured named(String name) throws OperationException {
    return all().stream()
        .filter(each -> each.name().equals(name))
        .findFirst()
        .orElseThrow(() ->
            new OperationException(
                Reason.NOT_FOUND,
                "there is no configuration of a store named "
                    + name
                    + "; there are "
                    + all().stream().map(Configured::name).toList()));
  }

  /** Removes the data of an embedded store that is closed, and nothing else in its folder. */
  static void removeData(Path folder) throws IOException {
    for (String name : List.of(DATABASE, DATABASE + "-wal", DATABASE + "-shm")) {
      Files.deleteIfExists(folder.resolve(name));
    }
    Path blobs = folder.resolve("blobs");
    if (Files.isDirectory(blobs)) {
      try (Stream<Path> all = Files.walk(blobs)) {
        for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(each);
        }
      }
    }
    if (Files.isDirectory(folder)) {
      try (Stream<Path> rest = Files.list(folder)) {
        if (rest.findAny().isPresent()) {
          return;
        }
      }
      Files.delete(folder);
    }
  }
}
