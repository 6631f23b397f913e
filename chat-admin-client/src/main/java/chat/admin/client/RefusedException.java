// SPDX-License-Identifier: Apache-2.0
package chat.admin.client;

import java.io.IOException;

/** The server did not carry a command out; the message says why. */
public final class RefusedException extends IOException {
  private static final long serialVersionUID = 1;
  private final String code;

  RefusedException(String code, String message) {
    super(message);
    this.code = code;
  }

  /** Why, for programs: {@code conflict} and so on, {@code docs/operate.md} lists them. */
  public String code() {
    return code;
  }
}
