// SPDX-License-Identifier: Apache-2.0
package chat.admin.command;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What stands behind the name of a command, read as the command describes it. */
public record Arguments(Command command, Map<String, String> options, List<String> positional) {

  /**
   * Reads the words behind the name.
   *
   * @throws CommandException if they are not as the command describes them
   */
  static Arguments of(Command command, List<String> words) throws CommandException {
    Map<String, String> options = new HashMap<>();
    List<String> positional = new ArrayList<>();
    boolean literal = command.options().isEmpty();
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      if (literal || !word.startsWith("--")) {
        positional.add(word);
      } else if (word.equals("--")) {
        literal = true;
      } else {
        int equals = word.indexOf('=');
        Command.Option option = option(command, equals < 0 ? word : word.substring(0, equals));
        if (!option.takesValue()) {
          options.put(option.name(), "");
        } else if (equals >= 0) {
          options.put(option.name(), word.substring(equals + 1));
        } else if (++i < words.size()) {
          options.put(option.name(), words.get(i));
        } else {
          throw wrong(command, option.name() + " needs a value");
        }
      }
    }
    checkCount(command, positional);
    return new Arguments(command, Map.copyOf(options), List.copyOf(positional));
  }

  private static Command.Option option(Command command, String name) throws CommandException {
    for (Command.Option option : command.options()) {
      if (option.name().equals(name)) {
        return option;
      }
    }
    throw wrong(command, "unknown option " + name);
  }

  private static void checkCount(Command command, List<String> positional) throws CommandException {
    int least = 0;
    int most = 0;
    for (Command.Parameter parameter : command.parameters()) {
      switch (parameter.count()) {
        case ONE -> {
          least++;
          most++;
          if (positional.size() < least) {
            throw wrong(command, parameter.label() + " is missing");
          }
        }
        case UP_TO_ONE -> most++;
        case ANY -> most = Integer.MAX_VALUE;
      }
    }
    if (positional.size() > most) {
      throw wrong(command, "unexpected argument " + positional.get(most));
    }
  }

  private static CommandException wrong(Command command, String why) {
    return CommandException.usage(why + "\nusage: " + command.usage());
  }

  /** What a line is answered that this command does not take. */
  public CommandException wrong(String why) {
    return wrong(command, why);
  }

  public boolean has(String option) {
    return options.containsKey(option);
  }

  public Optional<String> value(String option) {
    return Optional.ofNullable(options.get(option));
  }

  /** The value of an option that is a number from 1 to this one. */
  public int number(String option, int otherwise, int most) throws CommandException {
    String value = options.get(option);
    if (value == null) {
      return otherwise;
    }
    if (value.matches("[0-9]{1,9}")) {
      int number = Integer.parseInt(value);
      if (number >= 1 && number <= most) {
        return number;
      }
    }
    throw wrong(option + " needs a number from 1 to " + most + ", not " + value);
  }

  public String first() {
    return positional.getFirst();
  }

  public int count() {
    return positional.size();
  }

  public String get(int index) {
    return positional.get(index);
  }
}
