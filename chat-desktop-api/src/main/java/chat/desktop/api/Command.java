// SPDX-License-Identifier: Apache-2.0
package chat.desktop.api;

import java.util.Set;
import org.osgi.annotation.versioning.ConsumerType;

/** Something that the user can do, by a menu or a key. */
@ConsumerType
public interface Command {

  /** What tells it from all others, for example {@code org.example.todo.add}. */
  String id();

  /** What menus call it. */
  String title();

  /**
   * The key, as JFace's {@code KeySequence} reads it, for example {@code M1+M2+T}; empty for none.
   * A key that the client uses itself does what it does there.
   */
  default String keys() {
    return "";
  }

  /** Where it is offered. */
  default Set<Place> places() {
    return Set.of(Place.MENU);
  }

  /** Whether it can be done now. Asked whenever a menu opens, so it has to be quick. */
  default boolean enabled(CommandContext context) {
    return true;
  }

  /** Does it. */
  void run(CommandContext context);
}
