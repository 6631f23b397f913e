// SPDX-License-Identifier: Apache-2.0
package chat.desktop.model.platform;

import chat.desktop.spi.SlashCommand;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What becomes of a text that begins with a slash. */
public final class SlashCommands {
  private final Map<String, SlashCommand> commands;

  public SlashCommands(List<SlashCommand> commands) {
    this.commands =
        commands.stream()
            .collect(
                Collectors.toMap(SlashCommand::name, Function.identity(), (first, _) -> first));
  }

  /** The text to send: nothing if there is nothing to say; what no command knows stays as it is. */
  public Optional<String> expand(String typed) {
    String text = typed.strip();
    int space = text.indexOf(' ');
    String word = text.substring(0, space < 0 ? text.length() : space);
    SlashCommand command = word.startsWith("/") ? commands.get(word.substring(1)) : null;
    String expanded =
        command == null
            ? text
            : command.expand(space < 0 ? "" : text.substring(space + 1).strip()).strip();
    return expanded.isEmpty() ? Optional.empty() : Optional.of(expanded);
  }
}
