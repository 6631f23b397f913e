// SPDX-License-Identifier: Apache-2.0
package chat.operations;

import java.util.ArrayList;
import java.util.List;

/**
 * Whether something is at work.
 *
 * <p>A service of the type {@code Supplier<List<String>>} with the property {@link #SERVICE}
 * publishes it as {@link #lines()}: with {@link #OF_SERVER} what chat.server says of itself, with
 * {@link #OF_STANDBY} what a build of it says that makes itself ready beside the one at work, with
 * {@link #OF_PROGRAM} what chat.admin says of everything. It is the one thing that has to be
 * understood by those who do not share this package: the launcher, which is outside of the
 * framework, and chat.admin while it exchanges this very contract.
 */
public sealed interface Health {
  String SERVICE = "chat.health";
  String OF_SERVER = "server";
  String OF_STANDBY = "standby";
  String OF_PROGRAM = "program";

  /** All is at work. */
  record Ready() implements Health {}

  /** It is on its way. */
  record Waiting(String why) implements Health {}

  /** It does not work, and will not by itself. */
  record Failed(String why) implements Health {}

  /** The state, as one word for programs, and the lines that say why. */
  default List<String> lines() {
    List<String> lines = new ArrayList<>();
    switch (this) {
      case Ready() -> lines.add("ready");
      case Waiting(String why) -> {
        lines.add("waiting");
        lines.addAll(why.lines().toList());
      }
      case Failed(String why) -> {
        lines.add("failed");
        lines.addAll(why.lines().toList());
      }
    }
    return List.copyOf(lines);
  }

  /**
   * Reads {@link #lines()}.
   *
   * @throws IllegalArgumentException if they are none
   */
  static Health of(List<String> lines) {
    String state = lines.isEmpty() ? "" : lines.getFirst();
    String why = String.join("\n", lines.subList(Math.min(1, lines.size()), lines.size()));
    return switch (state) {
      case "ready" -> new Ready();
      case "waiting" -> new Waiting(why);
      case "failed" -> new Failed(why);
      default -> throw new IllegalArgumentException("no health is called '" + state + "'");
    };
  }
}
