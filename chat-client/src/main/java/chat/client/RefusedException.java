// SPDX-License-Identifier: Apache-2.0
package chat.client;

/** The server refused a command; futures of {@link ChatClient} fail with this. */
public final class RefusedException extends Exception {
  private final ClientEvent.Refusal refusal;

  public RefusedException(ClientEvent.Refusal refusal) {
    super(refusal.problem() + ": " + refusal.detail());
    this.refusal = refusal;
  }

  /** Why. */
  public ClientEvent.Refusal refusal() {
    return refusal;
  }
}
