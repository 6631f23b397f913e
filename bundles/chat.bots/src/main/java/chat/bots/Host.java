// SPDX-License-Identifier: Apache-2.0
package chat.bots;

import chat.operations.OperationException;

/** What a bot needs of the server that it runs in. */
interface Host {
  /** A code by which one account can be registered. */
  String invitation() throws OperationException;
}
