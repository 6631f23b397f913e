// SPDX-License-Identifier: Apache-2.0
package chat.cli.base;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ExecutionException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * A program with a command line. A line begins with the words of its command; options and arguments
 * follow in any order. The value of an option is taken as it is, whatever it begins with; behind
 * {@code --} everything is an argument. A command's method or {@code call()} says what is to be
 * done, and the program does it.
 */
public final class CliProgram {
  private static final String LITERAL = "--";

  /** Does what a command asks for. */
  public interface Body {
    /**
     * Does it.
     *
     * @param order what the command's method gave
     */
    ExitStatus run(Object order) throws CliException, IOException, InterruptedException;
  }

  private final CommandTree tree;
  private final Map<String, String> environment;
  private final PrintStream out;
  private final PrintStream err;
  private final ExitStatus failed;

  /**
   * @param failed the exit code for what breaks off by itself, such as a file that can't be read
   */
  public CliProgram(
      CommandTree tree,
      Map<String, String> environment,
      PrintStream out,
      PrintStream err,
      ExitStatus failed) {
    this.tree = tree;
    this.environment = Map.copyOf(environment);
    this.out = out;
    this.err = err;
    this.failed = failed;
  }

  /**
   * Runs a line.
   *
   * @return the exit code
   */
  public int run(List<String> line, Body body) {
    if (!line.isEmpty() && line.getFirst().equals("help")) {
      return help(line.subList(1, line.size()));
    }
    CommandLine command = command(tree.of(line), line);
    try {
      wantOwn(command, line);
      Optional<Object> order = order(command, line);
      if (order.isEmpty()) {
        return ExitStatus.SUCCESS;
      }
      if (order.get() instanceof Tool tool) {
        tool.run(tree.all(), out);
        return ExitStatus.SUCCESS;
      }
      return body.run(order.get()).code();
    } catch (CliException e) {
      return tell(command, String.valueOf(e.getMessage()), e.exit());
    } catch (IOException | UncheckedIOException | IllegalStateException e) {
      return tell(command, String.valueOf(e.getMessage()), failed);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return failed.code();
    }
  }

  /**
   * What came of a line.
   *
   * @param order what is to be done; null if the line has been dealt with
   * @param exit the exit code then
   */
  public record Line<T>(@Nullable T order, int exit) {}

  /**
   * Reads a line for a program that tells of its own faults. Help is given, and what is wrong with
   * the line is told.
   *
   * @param type of what the command gives
   */
  public <T> Line<T> read(List<String> line, Class<T> type) {
    AtomicReference<@Nullable T> order = new AtomicReference<>();
    int exit =
        run(
            line,
            given -> {
              order.set(type.cast(given));
              return () -> ExitStatus.SUCCESS;
            });
    return new Line<>(order.get(), exit);
  }

  /**
   * Understands a line without doing what it says.
   *
   * @return what is to be done; empty if help or the version was asked for and given
   */
  public Optional<Object> parse(List<String> line) throws CliException {
    CommandLine command = command(tree.of(line), line);
    return order(command, line);
  }

  private int help(List<String> words) {
    CommandLine root = tree.all();
    CommandLine command = command(root, words);
    if (words.size() > depth(command)) {
      String unknown = words.get(depth(command));
      return tell(
          root, Mistake.noCommand(command.getCommandSpec(), unknown), () -> ExitStatus.USAGE);
    }
    out.print(HelpLayout.of(command));
    return ExitStatus.SUCCESS;
  }

  /** The command that the first words name. */
  private static CommandLine command(CommandLine root, List<String> line) {
    CommandLine command = root;
    for (String word : line) {
      CommandLine next = command.getSubcommands().get(word);
      if (next == null) {
        break;
      }
      command = next;
    }
    return command;
  }

  private static int depth(CommandLine command) {
    int depth = 0;
    for (CommandLine up = command.getParent(); up != null; up = up.getParent()) {
      depth++;
    }
    return depth;
  }

  private static CommandLine root(CommandLine command) {
    return command.getParent() == null ? command : root(command.getParent());
  }

  private Optional<Object> order(CommandLine command, List<String> line) throws CliException {
    List<String> arguments = line.subList(depth(command), line.size());
    CommandSpec spec = command.getCommandSpec();
    if (HelpLayout.isGroup(spec)) {
      wantCommand(command, arguments);
    }
    CommandLine root = root(command);
    List<String> words = new ArrayList<>(line.subList(0, depth(command)));
    words.addAll(fromEnvironment(spec));
    words.addAll(joined(spec, arguments));
    try {
      // The command's words are known; what follows is no command, even if it is called like one.
      List.copyOf(spec.subcommands().keySet()).forEach(spec::removeSubcommand);
      ParseResult parsed = root.parseArgs(words.toArray(String[]::new));
      if (command.isUsageHelpRequested()) {
        out.print(HelpLayout.of(command(tree.of(line), line)));
        return Optional.empty();
      }
      if (command.isVersionHelpRequested()) {
        out.println(new ProductVersion().getVersion()[0]);
        return Optional.empty();
      }
      ParseResult last = parsed;
      while (last.hasSubcommand()) {
        last = last.subcommand();
      }
      checkBounds(last);
      int unused = new CommandLine.RunLast().execute(parsed);
      return Optional.of(command.<Object>getExecutionResult());
    } catch (ParameterException e) {
      throw CliException.usage(Mistake.of(e));
    } catch (ExecutionException e) {
      if (e.getCause() instanceof CliException why) {
        throw why;
      }
      throw e;
    }
  }

  /** What another program does is found by the help of this one, and not done by it. */
  private void wantOwn(CommandLine command, List<String> line) throws CliException {
    String first = line.isEmpty() ? "" : line.getFirst();
    if (depth(command) > 0 && !tree.has(first)) {
      throw CliException.usage(first + " is a command of another program");
    }
  }

  private static void wantCommand(CommandLine group, List<String> arguments) throws CliException {
    String first = arguments.isEmpty() ? "" : arguments.getFirst();
    if (first.isEmpty()) {
      throw CliException.usage("a command is missing\n" + HelpLayout.of(group).stripTrailing());
    }
    if (!first.startsWith("-") && !asksForHelp(arguments)) {
      CommandSpec spec = group.getCommandSpec();
      CommandSpec only = spec.subcommands().size() == 1 ? only(spec) : spec;
      throw CliException.usage(
          Mistake.noCommand(spec, first) + "\nUsage: " + HelpLayout.synopsis(only));
    }
  }

  private static boolean asksForHelp(List<String> arguments) {
    return arguments.contains("--help") || arguments.contains("-h");
  }

  private static CommandSpec only(CommandSpec group) {
    return group.subcommands().values().iterator().next().getCommandSpec();
  }

  /** Each option with its value as one argument: the value may begin with a dash. */
  private static List<String> joined(CommandSpec spec, List<String> arguments) {
    List<String> joined = new ArrayList<>();
    boolean literal = false;
    for (int i = 0; i < arguments.size(); i++) {
      String argument = arguments.get(i);
      literal |= argument.equals(LITERAL);
      OptionSpec option = literal ? null : spec.findOption(argument);
      if (option != null && option.arity().min() > 0 && i + 1 < arguments.size()) {
        i++;
        joined.add(argument + "=" + arguments.get(i));
      } else {
        joined.add(argument);
      }
    }
    return joined;
  }

  /** What the environment says comes first: everything on the line wins over it. */
  private List<String> fromEnvironment(CommandSpec spec) {
    List<String> words = new ArrayList<>();
    for (OptionSpec option : spec.options()) {
      String value =
          Variables.of(option).map(name -> environment.getOrDefault(name, "")).orElse("");
      if (!value.isEmpty()) {
        words.add(option.longestName() + "=" + value);
      }
    }
    return words;
  }

  private static void checkBounds(ParseResult parsed) throws CliException {
    for (ArgSpec argument : parsed.matchedArgs()) {
      Bounds bounds = Mistake.bounds(argument);
      if (bounds != null && argument.getValue() instanceof Number number) {
        long value = number.longValue();
        if (value < bounds.min() || value > bounds.max()) {
          throw CliException.usage(Mistake.outside(argument, bounds, number.toString()));
        }
      }
    }
  }

  private int tell(CommandLine command, String why, ExitStatus exit) {
    String typed = command.getCommandSpec().qualifiedName(" ");
    err.println(typed + ": " + TerminalText.of(why));
    if (exit.code() == ExitStatus.USAGE) {
      err.println(typed + " --help tells more.");
    }
    return exit.code();
  }
}
