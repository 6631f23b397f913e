// SPDX-License-Identifier: Apache-2.0
package chat.prove.history;

/** What can be wrong at the end. */
public enum Violation {
  /** Acknowledged or heard, and not stored, or stored at another number. */
  LOST("lost"),
  /** Stored twice, acknowledged at two numbers, or heard twice by one listener. */
  DOUBLED("doubled"),
  /** Stored or heard in another order than sent. */
  OUT_OF_ORDER("out of order"),
  /** Never heard by a listener, or a number without an entry in the store. */
  MISSING("missing"),
  /** Sent, repeated, and never answered. */
  UNANSWERED("unanswered"),
  /** Refused for good although nothing was wrong with it. */
  REFUSED("refused for good"),
  /** Down with another content than up. */
  DIFFERING_FILE("differing files"),
  /** A connection that was closed although nothing touched its socket. */
  CUT_OFF("cut off"),
  /** A swap, kill or cut that did not work. */
  FAILED_DISTURBANCE("failed disturbances"),
  /** A client that could not go on. */
  CLIENT_FAILED("failed clients"),
  /** Others noticed an attack more than they may, or it achieved something. */
  ATTACK_FELT("attacks that were felt");

  private final String shown;

  Violation(String shown) {
    this.shown = shown;
  }

  public String shown() {
    return shown;
  }
}
