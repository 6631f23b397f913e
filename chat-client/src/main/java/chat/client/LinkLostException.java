// SPDX-License-Identifier: Apache-2.0
package chat.client;

import java.io.IOException;

/**
 * What was on its way has to be asked again: the connection was lost, or the server has lost the
 * place. A file's own trouble is another IOException.
 */
public final class LinkLostException extends IOException {
  private static final long serialVersionUID = 1;

  public LinkLostException(String message, Throwable cause) {
    super(message, cause);
  }

  public LinkLostException(Throwable cause) {
    super(cause);
  }
}
