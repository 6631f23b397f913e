// SPDX-License-Identifier: Apache-2.0
package chat.connection;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * An open server socket. Registered as a service while it listens, with its {@code address} and
 * {@code fingerprint} as service properties.
 */
@ProviderType
public interface Listener {

  /** The name it has in the configuration. */
  String name();

  /** Where it listens; the port is the real one if 0 was configured. */
  InetSocketAddress address();

  /** The names of the wire formats spoken here. */
  List<String> formats();

  /** SHA-256 of the certificate's public key in lower-case hex; empty without TLS. */
  Optional<String> fingerprint();

  /** The most bytes that are kept of frames that are not whole yet. */
  int maxBuffer();
}
