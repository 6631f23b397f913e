// SPDX-License-Identifier: Apache-2.0
package chat.admin.client;

/** How a copy is doing. */
public record CopyReport(State state, Json json) {

  /** What it can be doing. */
  public enum State {
    IDLE,
    RUNNING,
    DONE,
    FAILED,
    CANCELLED
  }

  /** Reads the field {@code copy} of a result. */
  public static CopyReport of(Json result) {
    Json copy = result.object("copy");
    return new CopyReport(
        switch (copy.text("state")) {
          case "running" -> State.RUNNING;
          case "done" -> State.DONE;
          case "failed" -> State.FAILED;
          case "cancelled" -> State.CANCELLED;
          default -> State.IDLE;
        },
        copy);
  }

  public boolean isRunning() {
    return state == State.RUNNING;
  }

  /** Whether the last one was made. */
  public boolean isDone() {
    return state == State.DONE;
  }

  /** {@code migration}, {@code backup} or {@code restoration}. */
  public String kind() {
    return json.object("of").text("kind");
  }

  /** Why it failed. */
  public String why() {
    return json.text("why");
  }

  /** In one line, for people. */
  public String text() {
    return CopyText.of(this);
  }
}
