// SPDX-License-Identifier: Apache-2.0
package chat.admin.client;

import java.io.IOException;
import java.nio.file.Path;

/** No server runs on a data folder. */
public final class NoServerException extends IOException {
  private static final long serialVersionUID = 1;

  NoServerException(Path socket) {
    super("no server runs here (" + socket + " is not there); is it another --data DIR?");
  }
}
