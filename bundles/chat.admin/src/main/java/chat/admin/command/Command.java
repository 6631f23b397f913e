// SPDX-License-Identifier: Apache-2.0
package chat.admin.command;

import chat.operations.OperationException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * All there is to say about a command of the operator's.
 *
 * @param help one sentence
 * @param result the fields of the result object
 */
public record Command(
    String name,
    List<Option> options,
    List<Parameter> parameters,
    String help,
    String result,
    Action action) {

  /**
   * An option.
   *
   * @param value what it takes; empty if it takes nothing
   */
  public record Option(String name, String value) {
    boolean takesValue() {
      return !value.isEmpty();
    }

    @Override
    public String toString() {
      return takesValue() ? "[" + name + " " + value + "]" : "[" + name + "]";
    }
  }

  /** Something that stands on the line without a name. */
  public record Parameter(String label, Count count) {
    @Override
    public String toString() {
      return switch (count) {
        case ONE -> label;
        case UP_TO_ONE -> "[" + label + "]";
        case ANY -> label + "...";
      };
    }
  }

  /** How often a parameter may stand on a line. */
  public enum Count {
    ONE,
    UP_TO_ONE,
    ANY
  }

  /** Carries a command out. */
  @FunctionalInterface
  public interface Action {
    /** Gives the fields of the result object. */
    Map<String, Object> run(Arguments arguments)
        throws CommandException, OperationException, IOException;
  }

  public static Command of(String name, String help, String result, Action action) {
    return new Command(name, List.of(), List.of(), help, result, action);
  }

  /** The same with an option; one that takes nothing if the value is empty. */
  public Command option(String option, String value) {
    return new Command(
        name, more(options, new Option(option, value)), parameters, help, result, action);
  }

  /** The same with one more parameter. */
  public Command parameter(String label, Count count) {
    return new Command(
        name, options, more(parameters, new Parameter(label, count)), help, result, action);
  }

  private static <T> List<T> more(List<T> some, T another) {
    return Stream.concat(some.stream(), Stream.of(another)).toList();
  }

  String usage() {
    return Stream.of(Stream.of(name), options.stream(), parameters.stream())
        .flatMap(each -> each)
        .map(Object::toString)
        .collect(Collectors.joining(" "));
  }
}
