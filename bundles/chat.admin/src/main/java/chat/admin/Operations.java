// SPDX-License-Identifier: Apache-2.0
package chat.admin;

import chat.operations.AccountOperations;
import chat.operations.CopyState;
import chat.operations.Health;
import chat.operations.ImportOperations;
import chat.operations.OperationException;
import chat.operations.ServerOperations;
import chat.operations.StoreOperations;

/** What the server offers now. It comes and goes, so ask for it each time. */
interface Operations {
  /**
   * The operations of the server.
   *
   * @throws OperationException if it is not there now
   */
  ServerOperations server() throws OperationException;

  AccountOperations accounts() throws OperationException;

  StoreOperations stores() throws OperationException;

  ImportOperations imports() throws OperationException;

  /** Whether a copy of the store is being made. */
  default boolean isCopying() {
    try {
      return stores().copyState() instanceof CopyState.Running;
    } catch (OperationException e) {
      return false; // nobody is there who could
    }
  }

  /** How the server says it is; also while its operations can't be seen from here. */
  Health serverHealth();
}
