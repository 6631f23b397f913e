// SPDX-License-Identifier: Apache-2.0
package chat.cli.base;

import java.lang.reflect.AnnotatedElement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What is wrong with a command line, in one sentence. */
final class Mistake {
  private Mistake() {}

  static String of(ParameterException wrong) {
    return switch (wrong) {
      case UnmatchedArgumentException unmatched -> unmatched(unmatched);
      case MissingParameterException missing -> missing(missing);
      default -> {
        ArgSpec argument = wrong.getArgSpec();
        yield argument == null ? first(wrong) : value(argument, wrong);
      }
    };
  }

  private static String unmatched(UnmatchedArgumentException wrong) {
    CommandSpec spec = wrong.getCommandLine().getCommandSpec();
    String argument = wrong.getUnmatched().getFirst();
    if (wrong.isUnknownOption()) {
      List<String> names =
          spec.options().stream()
              .filter(option -> !option.hidden())
              .map(OptionSpec::longestName)
              .toList();
      String typed = argument.replaceFirst("=.*", "");
      return "unknown option " + typed + Suggestions.of(typed, names);
    }
    if (!spec.subcommands().isEmpty()) {
      return noCommand(spec, argument);
    }
    String takes = HelpLayout.synopsis(spec).substring(spec.qualifiedName(" ").length()).strip();
    return "unexpected argument "
        + argument
        + (takes.isEmpty()
            ? "; " + spec.name() + " takes options only"
            : "; " + spec.name() + " takes " + takes + "; put what has spaces into quotes");
  }

  static String noCommand(CommandSpec group, String typed) {
    List<String> names = new ArrayList<>(group.subcommands().keySet());
    names.add("help");
    return "there is no command " + typed + Suggestions.of(typed, names);
  }

  private static String missing(MissingParameterException wrong) {
    ArgSpec missing = wrong.getMissing().getFirst();
    return switch (missing) {
      case OptionSpec option when option.required() -> option.longestName() + " must be given";
      case OptionSpec option -> option.longestName() + " needs a value";
      case PositionalParamSpec argument -> argument.paramLabel() + " is missing";
      default -> first(wrong);
    };
  }

  private static String value(ArgSpec argument, ParameterException wrong) {
    Bounds bounds = bounds(argument);
    String value = wrong.getValue();
    if (bounds != null) {
      return outside(argument, bounds, value);
    }
    if (argument.type().isEnum()) {
      return label(argument) + " needs " + choices(argument) + ", not " + value;
    }
    return wrong.getCause() instanceof TypeConversionException cause
        ? label(argument) + " " + cause.getMessage()
        : first(wrong);
  }

  static String outside(ArgSpec argument, Bounds bounds, String value) {
    return "%s needs a number from %d to %d, not %s"
        .formatted(label(argument), bounds.min(), bounds.max(), value);
  }

  static @Nullable Bounds bounds(ArgSpec argument) {
    return argument.userObject() instanceof AnnotatedElement element
        ? element.getAnnotation(Bounds.class)
        : null;
  }

  private static String choices(ArgSpec argument) {
    List<String> choices = new ArrayList<>();
    for (Object choice : argument.type().getEnumConstants()) {
      choices.add(choice.toString());
    }
    String last = choices.removeLast();
    return choices.stream().collect(Collectors.joining(", ")) + " or " + last;
  }

  /** How it is called in a sentence. */
  private static String label(ArgSpec argument) {
    return argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
  }

  private static String first(ParameterException wrong) {
    return String.valueOf(wrong.getMessage()).lines().findFirst().orElse("wrong usage");
  }
}
