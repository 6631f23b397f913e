// SPDX-License-Identifier: Apache-2.0
package chat.desktop.model.app;

import chat.desktop.model.platform.Scheduler;
import chat.protocol.Availability;
import chat.protocol.Command;

/**
 * How much this device is here: as the user says; and who is simply online is away after a while
 * without a key or a move of the mouse, until the next one.
 */
public final class IdleMonitor {
  static final long IDLE_MILLIS = 5 * 60_000;

  private final ChatModel model;
  private final Scheduler delay;
  private Availability chosen = Availability.ONLINE;
  private boolean idle;
  private boolean watching;
  private long touched;

  IdleMonitor(ChatModel model, Scheduler delay) {
    this.model = model;
    this.delay = delay;
  }

  /** What the user said. */
  public Availability chosen() {
    return chosen;
  }

  /** How others see it. */
  public Availability now() {
    return idle && chosen == Availability.ONLINE ? Availability.AWAY : chosen;
  }

  public void choose(Availability availability) {
    Availability before = now();
    chosen = availability;
    idle = false;
    tell(before);
    // What came while this one was invisible was not told of.
    model.tellReceived();
  }

  /** The user has touched something. */
  public void touched() {
    touched = model.clock().millis();
    Availability before = now();
    idle = false;
    tell(before);
    if (!watching) {
      watching = true;
      delay.after(IDLE_MILLIS, this::look);
    }
  }

  private void look() {
    long left = touched + IDLE_MILLIS - model.clock().millis();
    if (left > 0) {
      delay.after(left, this::look);
      return;
    }
    watching = false;
    Availability before = now();
    idle = true;
    tell(before);
  }

  private void tell(Availability before) {
    if (now() != before) {
      var unused = model.client().set(new Command.SetPresence(now()));
    }
  }
}
