// SPDX-License-Identifier: Apache-2.0
package chat.client.transport;

import chat.client.Link;
import java.io.IOException;

/** The server's key is not one to talk to; the link says why. */
public final class UntrustedException extends IOException {
  private static final long serialVersionUID = 1;
  private final transient Link link;

  UntrustedException(Link link) {
    super("the server's key is not trusted");
    this.link = link;
  }

  public Link link() {
    return link;
  }
}
