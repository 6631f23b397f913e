// SPDX-License-Identifier: Apache-2.0
package chat.operations;

import java.util.Locale;

/** An operation was not carried out. The message tells a person why, the reason a program. */
public final class OperationException extends Exception {
  private static final long serialVersionUID = 1;

  /** Why an operation was not carried out. */
  public enum Reason {
    /** The server, or a part that is needed, is not there yet or not any more: try again. */
    NOT_READY,
    /** An argument is none that this operation takes. */
    INVALID_ARGUMENT,
    /** What is named does not exist. */
    NOT_FOUND,
    /** Something else is under way, or in a state that does not allow it. */
    CONFLICT,
    /** It was tried and did not work. */
    FAILED;

    /** The name for programs, which stays the same: {@code not-ready} and so on. */
    public String code() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  private final Reason reason;

  public OperationException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  public OperationException(Reason reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
