// SPDX-License-Identifier: Apache-2.0
package chat.protocol;

import java.util.List;

/**
 * What was agreed in Hello and Welcome. Bytes are encoded once per format and protocol and shared.
 *
 * @param version of the protocol; 0 before Hello
 * @param capabilities sorted
 */
public record NegotiatedProtocol(int version, List<String> capabilities) {

  /** The version that this contract describes. */
  public static final int VERSION = 1;

  /** Before anything was agreed. */
  public static final NegotiatedProtocol NONE = new NegotiatedProtocol(0, List.of());

  public NegotiatedProtocol {
    capabilities = capabilities.stream().sorted().toList();
  }
}
