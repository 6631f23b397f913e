// SPDX-License-Identifier: Apache-2.0
package chat.protocol.cbor;

/** There is more in a body than a record allows. */
final class TooLargeException extends MalformedException {
  TooLargeException(String message) {
    super(message);
  }
}
