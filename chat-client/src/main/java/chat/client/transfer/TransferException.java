// SPDX-License-Identifier: Apache-2.0
package chat.client.transfer;

import chat.client.ClientEvent.Transfer;
import chat.protocol.Problem;

/** A transfer can't go on. */
final class TransferException extends Exception {
  private static final long serialVersionUID = 1;
  private final transient Transfer.Failed state;

  TransferException(Problem problem, String detail) {
    super(detail);
    this.state = new Transfer.Failed(problem, detail);
  }

  Transfer.Failed state() {
    return state;
  }
}
