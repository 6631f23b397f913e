// SPDX-License-Identifier: Apache-2.0
package chat.cli.base;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/**
 * How help reads: the options of a mixin that has a heading stand below it, and a group lists its
 * commands with what they take.
 */
final class HelpLayout {
  static final String OPTIONS = "Options";
  private static final int WIDTH = 100;
  private static final int OPTION_WIDTH = 28;
  private static final int LEFT_MOST = 46;

  private HelpLayout() {}

  /**
   * The help of a command. The layout is made here and not before: whoever asks for none does not
   * wait for it.
   */
  static String of(CommandLine command) {
    apply(command.getCommandSpec());
    return command.getUsageMessage(Ansi.OFF);
  }

  private static void apply(CommandSpec spec) {
    UsageMessageSpec usage = spec.usageMessage();
    usage.width(WIDTH);
    usage.abbreviateSynopsis(true);
    usage.sortOptions(false);
    usage.longOptionsMaxWidth(OPTION_WIDTH);
    if (usage.synopsisSubcommandLabel().equals("[COMMAND]") && isGroup(spec)) {
      usage.synopsisSubcommandLabel("COMMAND");
    }
    usage.descriptionHeading("%n");
    usage.parameterListHeading("%n");
    usage.footerHeading("%n");
    usage.exitCodeListHeading(usage.exitCodeList().isEmpty() ? "" : "%nExit codes:%n");
    usage.commandListHeading("%nCommands:%n");
    Map<String, CommandLine.IHelpSectionRenderer> sections = usage.sectionMap();
    sections.put(UsageMessageSpec.SECTION_KEY_OPTION_LIST_HEADING, help -> "");
    sections.put(UsageMessageSpec.SECTION_KEY_OPTION_LIST, HelpLayout::options);
    sections.put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST, HelpLayout::commands);
    usage.sectionMap(sections);
  }

  /** Whether it does nothing without one of its commands. */
  static boolean isGroup(CommandSpec spec) {
    return !(spec.userObject() instanceof java.lang.reflect.Method)
        && !(spec.userObject() instanceof java.util.concurrent.Callable<?>);
  }

  /** The options of a command by the heading that they stand below, in order. */
  static Map<String, List<OptionSpec>> byHeading(CommandSpec spec) {
    Map<String, String> headings = new LinkedHashMap<>();
    collect(spec, "", headings);
    Map<String, List<OptionSpec>> groups = new LinkedHashMap<>();
    groups.put(OPTIONS, new ArrayList<>());
    for (OptionSpec option : spec.options()) {
      if (!option.hidden()) {
        String heading = headings.getOrDefault(option.longestName(), "");
        groups
            .computeIfAbsent(heading.isEmpty() ? OPTIONS : heading, _ -> new ArrayList<>())
            .add(option);
      }
    }
    groups.values().forEach(group -> group.sort(Comparator.comparingInt(OptionSpec::order)));
    List<OptionSpec> own = groups.get(OPTIONS);
    if (own != null && own.stream().allMatch(one -> one.usageHelp() || one.versionHelp())) {
      groups.remove(OPTIONS);
      groups.put(OPTIONS, own);
    }
    return groups;
  }

  private static void collect(CommandSpec spec, String outer, Map<String, String> headings) {
    spec.mixins()
        .forEach((name, mixin) -> {
          String heading = mixin.usageMessage().optionListHeading();
          String inner = heading == null || heading.isBlank() ? outer : heading.strip();
          mixin.options().forEach(option -> headings.put(option.longestName(), inner));
          collect(mixin, inner, headings);
        });
  }

  private static String options(Help help) {
    StringBuilder text = new StringBuilder();
    Map<String, List<OptionSpec>> groups = byHeading(help.commandSpec());
    List<OptionSpec> all = groups.values().stream().flatMap(Collection::stream).toList();
    groups.forEach((heading, options) -> {
      if (!options.isEmpty()) {
        Help.Layout layout = help.createDefaultLayout(all, List.of(), help.colorScheme());
        layout.addOptions(options, help.parameterLabelRenderer());
        text.append("%n%s:%n".formatted(heading)).append(layout);
      }
    });
    return text.toString();
  }

  private static String commands(Help help) {
    List<CommandSpec> commands =
        help.commandSpec().subcommands().values().stream()
            .map(CommandLine::getCommandSpec)
            .filter(spec -> !spec.usageMessage().hidden())
            .toList();
    Map<String, String> rows = new LinkedHashMap<>();
    for (CommandSpec spec : commands) {
      rows.put("  " + synopsis(spec), summary(spec));
    }
    int left =
        rows.keySet().stream().mapToInt(String::length).filter(n -> n <= LEFT_MOST).max().orElse(0);
    StringBuilder text = new StringBuilder();
    rows.forEach((row, summary) -> text.append(row(row, summary, left)));
    return text.toString();
  }

  private static String row(String row, String summary, int left) {
    StringBuilder text = new StringBuilder(row);
    int column = row.length();
    if (column > left) {
      text.append('\n').append(" ".repeat(left));
    } else {
      text.append(" ".repeat(left - column));
    }
    column = left + 1;
    text.append(' ');
    for (String word : summary.split(" ")) {
      if (column + 1 + word.length() > WIDTH) {
        text.append('\n').append(" ".repeat(left + 1));
        column = left + 1;
      }
      text.append(' ').append(word);
      column += 1 + word.length();
    }
    return text.append('\n').toString();
  }

  /** As it is typed, with what it takes. */
  static String synopsis(CommandSpec spec) {
    String takes =
        spec.subcommands().isEmpty() || !isGroup(spec)
            ? spec.positionalParameters().stream()
                .map(HelpLayout::label)
                .collect(Collectors.joining(" "))
            : "COMMAND";
    return (spec.qualifiedName(" ") + " " + takes).stripTrailing();
  }

  private static String label(PositionalParamSpec positional) {
    String label = positional.paramLabel();
    label = positional.arity().isVariable() ? label + "..." : label;
    return positional.required() ? label : "[" + label + "]";
  }

  /** The first sentence of what it does. */
  static String summary(CommandSpec spec) {
    String[] description = spec.usageMessage().description();
    if (description.length == 0) {
      return "";
    }
    return firstSentence(String.format(description[0]));
  }

  /** The first sentence about an option. */
  static String firstSentence(OptionSpec option) {
    return firstSentence(String.join(" ", option.description()));
  }

  private static String firstSentence(String text) {
    String line = text.strip().replaceAll("\\s+", " ");
    int end = line.indexOf(". ");
    return end < 0 ? line : line.substring(0, end + 1);
  }
}
