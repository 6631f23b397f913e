// SPDX-License-Identifier: Apache-2.0
package chat.storage.postgresql;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/** Whether what goes to the database and back can be read or changed by who is on the way. */
final class Transport {
  /** The others let the server, or who pretends to be it, do without encryption. */
  private static final Set<String> ENCRYPTED = Set.of("require", "verify-ca", "verify-full");

  private Transport() {}

  /** What an operator should know of a connection; empty if nothing. */
  static String warning(String url) {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setURL(url);
    if (Arrays.stream(source.getServerNames()).allMatch(Transport::isHere)) {
      return "";
    }
    @Nullable String mode = source.getSslMode();
    boolean encrypted =
        mode == null ? source.getSsl() : ENCRYPTED.contains(mode.toLowerCase(Locale.ROOT));
    return encrypted
        ? ""
        : "PostgreSQL is on another machine and may be spoken to without TLS: add"
            + " sslmode=verify-full to url";
  }

  private static boolean isHere(String host) {
    return host.isEmpty()
        || host.equalsIgnoreCase("localhost")
        || host.matches("127(\\.[0-9]{1,3}){3}")
        || host.matches("\\[?::1\\]?");
  }
}
