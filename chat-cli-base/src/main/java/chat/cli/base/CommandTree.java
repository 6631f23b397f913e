// SPDX-License-Identifier: Apache-2.0
package chat.cli.base;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/**
 * The commands of a program by their names. Reading annotations takes most of the time that a
 * command line costs at the start, so only the command that a line begins with is read; all of them
 * are for a line that names none, and for completion and the manual.
 */
public final class CommandTree {
  private final Map<String, Supplier<Object>> commands = new LinkedHashMap<>();
  private final String[] description;

  /**
   * @param description of the program as a whole
   */
  public CommandTree(String... description) {
    this.description = description.clone();
  }

  /**
   * Adds a command.
   *
   * @param command makes an object with picocli's annotations, or finds a static method with them
   */
  public CommandTree add(String name, Supplier<Object> command) {
    commands.put(name, command);
    return this;
  }

  /** Adds the commands for completion and for the manual. */
  public CommandTree withTools() {
    return add("completion", Completion::new).add("man", ManPages::new);
  }

  /** The commands that are needed to understand a line. */
  CommandLine of(List<String> line) {
    String first = line.isEmpty() ? "" : line.getFirst();
    return has(first) && !asksForHelp(line)
        ? standard(root(Map.of(first, commands.get(first))))
        : all();
  }

  /** Help of a command tells of its parts that other programs carry out, too. */
  private static boolean asksForHelp(List<String> line) {
    return line.contains("--help") || line.contains("-h");
  }

  /** Whether this program carries this command out, and no other one. */
  boolean has(String name) {
    return commands.containsKey(name);
  }

  /** All commands of this program, and those of others that are at hand. */
  public CommandLine all() {
    CommandSpec root = root(commands);
    for (CommandProvider other : ServiceLoader.load(CommandProvider.class)) {
      for (Object command : other.commands()) {
        CommandSpec spec = CommandSpec.forAnnotatedObject(command);
        add(root, spec);
      }
    }
    return standard(root);
  }

  /** Adds a command of another program; of one that both have, the parts that are missing. */
  private static void add(CommandSpec root, CommandSpec other) {
    CommandLine own = root.subcommands().get(other.name());
    if (own == null) {
      root.addSubcommand(other.name(), other);
      return;
    }
    other
        .subcommands()
        .forEach((name, part) -> {
          if (!own.getSubcommands().containsKey(name)) {
            own.addSubcommand(name, part);
          }
        });
  }

  private CommandSpec root(Map<String, Supplier<Object>> some) {
    CommandSpec root = CommandSpec.create().name(ProductVersion.PROGRAM);
    root.usageMessage().description(description);
    some.forEach(
        (name, command) -> root.addSubcommand(name, CommandSpec.forAnnotatedObject(command.get())));
    return root;
  }

  /** What is the same for every command. */
  private static CommandLine standard(CommandSpec root) {
    everywhere(root);
    return new CommandLine(root)
        .setExpandAtFiles(false) // people are written as @name
        .setOverwrittenOptionsAllowed(true)
        .setAllowOptionsAsOptionParameters(true);
  }

  private static void everywhere(CommandSpec spec) {
    // Picocli's own mixin would have to come before the parameters of a method.
    spec.addMixin("standard", CommandSpec.forAnnotatedObject(new StandardOptions()));
    spec.versionProvider(new ProductVersion());
    spec.subcommands().values().forEach(sub -> everywhere(sub.getCommandSpec()));
  }
}
