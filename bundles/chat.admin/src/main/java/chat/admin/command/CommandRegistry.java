// SPDX-License-Identifier: Apache-2.0
package chat.admin.command;

import chat.operations.OperationException;
import java.io.IOException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The operator's commands by their names. Any thread may call it. */
public final class CommandRegistry {
  private static final Logger LOG = LoggerFactory.getLogger(CommandRegistry.class);

  private final Map<String, Command> commands = new LinkedHashMap<>();

  public CommandRegistry(Collection<Command> all) {
    all.forEach(each -> commands.put(each.name(), each));
    Command help =
        Command.of(
            "help",
            "Describe the commands.",
            "commands: a list of usage, help and result",
            arguments -> Map.of("commands", described()));
    commands.put(help.name(), help);
  }

  private List<Map<String, Object>> described() {
    return commands.values().stream()
        .map(each ->
            Fields.of("name", each.name())
                .with("usage", each.usage())
                .with("help", each.help())
                .with("result", each.result())
                .map())
        .toList();
  }

  /** The first word, or the first two if they are the name of a command together. */
  private String name(List<String> line) {
    if (line.isEmpty()) {
      return "";
    }
    String two = String.join(" ", line.subList(0, Math.min(2, line.size())));
    return commands.containsKey(two) ? two : line.getFirst();
  }

  /** Carries out a line: the name of a command and its arguments. */
  public Answer run(List<String> line) {
    String name = name(line);
    try {
      Command command = commands.get(name);
      if (command == null) {
        throw new CommandException(
            CommandException.Mistake.UNKNOWN_COMMAND,
            (name.isEmpty() ? "a command is missing" : "there is no command " + name)
                + "; there are: "
                + String.join(", ", commands.keySet()));
      }
      int words = name.split(" ").length;
      Arguments arguments = Arguments.of(command, line.subList(words, line.size()));
      return new Answer.Done(name, command.action().run(arguments));
    } catch (CommandException e) {
      return Answer.Refused.mistake(name, e);
    } catch (OperationException e) {
      LOG.warn("Refused: {}: {}", name, e.getMessage());
      LOG.debug("Why", e);
      return new Answer.Refused(
          name, e.reason().code(), String.valueOf(e.getMessage()), Answer.NOT_DONE);
    } catch (IOException e) {
      LOG.warn("Failed: {}: {}", name, e.toString());
      return new Answer.Refused(
          name,
          OperationException.Reason.FAILED.code(),
          name + " failed: " + e.getMessage(),
          Answer.NOT_DONE);
    } catch (RuntimeException e) {
      LOG.error("{} failed", name, e);
      return new Answer.Refused(
          name, "internal", name + " failed; the log says why: " + e, Answer.NOT_DONE);
    }
  }
}
