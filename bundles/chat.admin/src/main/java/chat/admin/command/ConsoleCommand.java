// SPDX-License-Identifier: Apache-2.0
package chat.admin.command;

import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;

/** The same commands in a Gogo console: {@code chatroom:admin status}. */
public final class ConsoleCommand {
  private final CommandRegistry commands;

  public ConsoleCommand(CommandRegistry commands) {
    this.commands = commands;
  }

  public static Dictionary<String, Object> properties() {
    return new Hashtable<>(
        Map.of("osgi.command.scope", "chatroom", "osgi.command.function", "admin"));
  }

  /** Carries a command out and gives its answer as JSON. */
  public String admin(String... words) {
    return commands.run(List.of(words)).json();
  }
}
