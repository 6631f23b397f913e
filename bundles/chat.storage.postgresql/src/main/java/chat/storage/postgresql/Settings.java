// SPDX-License-Identifier: Apache-2.0
package chat.storage.postgresql;

import chat.storage.StorageException.Unavailable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import org.jspecify.annotations.Nullable;

/**
 * A configuration that was looked at. The password is read when it is used, so that a wrong one can
 * be put right in its file.
 */
record Settings(
    String url, String user, @Nullable Path passwordFile, String schema, int connections) {

  /**
   * @throws IllegalArgumentException if it can't be right, naming the key
   */
  Settings {
    try {
      new Database(url, user, null, schema, connections, "");
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "configuration " + PostgresqlStorage.PID + ": " + e.getMessage(), e);
    }
  }

  static Settings of(PostgresqlStorage.Config config, Path data) {
    // A key without a default is null if it is missing.
    @Nullable String url = config.url();
    String file = config.passwordFile();
    return new Settings(
        url == null ? "" : url,
        config.user(),
        file.isBlank() ? null : data.resolve(file).toAbsolutePath().normalize(),
        config.schema(),
        config.connections());
  }

  private static String secret(Path file) throws IOException, Unavailable {
    PosixFileAttributeView posix = Files.getFileAttributeView(file, PosixFileAttributeView.class);
    boolean open =
        posix != null
            && posix.readAttributes().permissions().stream()
                .anyMatch(each -> !each.name().startsWith("OWNER_"));
    if (open) {
      throw new Unavailable(
          "the password file " + file + " is open to others; run: chmod 600 '" + file + "'");
    }
    return Files.readString(file).strip();
  }

  Database database() throws Unavailable {
    try {
      String password = passwordFile == null ? null : secret(passwordFile);
      return new Database(url, user, password, schema, connections, Database.thisProcess());
    } catch (IOException e) {
      throw new Unavailable("the password can't be read from " + passwordFile, e);
    }
  }
}
