// SPDX-License-Identifier: Apache-2.0
package chat.client;

import java.io.IOException;

/** The server's key is not one to talk to; the link says why. */
final class UntrustedException extends IOException {
  private static final long serialVersionUID = 1;
  private final transient Link link;

  UntrustedException(Link link) {
    super("the server's key is not trusted");
    this.link = link;
  }

  Link link() {
    return link;
  }
}
