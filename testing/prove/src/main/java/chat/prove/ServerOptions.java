// SPDX-License-Identifier: Apache-2.0
package chat.prove;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Which server is disturbed. */
@Command(optionListHeading = "Server")
final class ServerOptions {
  private static final String SIZE = "[1-9][0-9]{0,9}[kKmMgG]?";

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "Disturb the server that runs on this data folder. Its limits apply: messagesPerSecond,"
              + " messageBurst, registrationsPerTenMinutes.")
  private @Nullable Path data;

  @Option(
      names = "--heap",
      paramLabel = "SIZE",
      defaultValue = "512m",
      converter = Heap.class,
      description = "-Xmx of the server that is started. Default: 512m.")
  private String heap = "512m";

  @Option(
      names = "--keep",
      description = "Leave the server's folder; it stays anyway if something was wrong.")
  private boolean keep;

  /** The folder of a server that runs already; empty for a fresh one. */
  Optional<Path> data() {
    return Optional.ofNullable(data);
  }

  String heap() {
    return heap;
  }

  boolean keep() {
    return keep;
  }

  /** Reads a size as java takes it. */
  static final class Heap implements ITypeConverter<String> {
    @Override
    public String convert(String value) {
      if (!value.matches(SIZE)) {
        throw new TypeConversionException("needs a size like 512m, not " + value);
      }
      return value;
    }
  }
}
