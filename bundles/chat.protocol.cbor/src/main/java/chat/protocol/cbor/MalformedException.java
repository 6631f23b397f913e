// SPDX-License-Identifier: Apache-2.0
package chat.protocol.cbor;

/** A body is not what its type says. */
class MalformedException extends Exception {
  MalformedException(String message) {
    super(message, null, false, false);
  }
}
