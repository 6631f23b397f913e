// SPDX-License-Identifier: Apache-2.0
package chat.cli.base;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** A manual page of a command in troff, with those of its group. */
final class ManPage {
  private final StringBuilder page = new StringBuilder();
  private final Set<String> variables = new LinkedHashSet<>();

  private ManPage() {}

  static String of(CommandSpec spec) {
    ManPage page = new ManPage();
    page.write(spec);
    return page.page.toString();
  }

  private void write(CommandSpec spec) {
    String title = spec.qualifiedName("-");
    boolean root = spec.parent() == null;
    macro(".TH", title.toUpperCase(Locale.ROOT), "1", "", new ProductVersion().getVersion()[0]);
    macro(".SH", "NAME");
    text(title + " - " + HelpLayout.summary(spec).replaceFirst("\\.$", ""));
    macro(".SH", "SYNOPSIS");
    synopsis(spec);
    macro(".SH", "DESCRIPTION");
    description(spec);
    arguments(spec);
    if (root) {
      macro(".SH", "COMMANDS");
      below(spec).forEach(sub -> item(HelpLayout.synopsis(sub), HelpLayout.summary(sub)));
    } else if (!spec.subcommands().isEmpty()) {
      macro(".SH", "COMMANDS");
      below(spec).forEach(this::section);
    }
    options(spec);
    codes(spec);
    environment();
    footer(spec);
    if (!root) {
      macro(".SH", "SEE ALSO");
      text(ProductVersion.PROGRAM + "(1)");
    }
  }

  private static List<CommandSpec> below(CommandSpec spec) {
    return spec.subcommands().values().stream().map(CommandLine::getCommandSpec).toList();
  }

  private void section(CommandSpec spec) {
    macro(".SS", HelpLayout.synopsis(spec));
    description(spec);
    arguments(spec);
    options(HelpLayout.byHeading(spec).getOrDefault(HelpLayout.OPTIONS, List.of()), false);
  }

  private void synopsis(CommandSpec spec) {
    String[] custom = spec.usageMessage().customSynopsis();
    if (custom.length > 0) {
      for (String line : custom) {
        text(line.strip());
        page.append(".br\n");
      }
    } else {
      text(
          HelpLayout.synopsis(spec)
              .replaceFirst(spec.qualifiedName(" "), spec.qualifiedName(" ") + " [OPTIONS]"));
    }
  }

  private void description(CommandSpec spec) {
    for (String paragraph : spec.usageMessage().description()) {
      page.append(".PP\n");
      paragraph(String.format(paragraph).strip());
    }
  }

  private void arguments(CommandSpec spec) {
    for (PositionalParamSpec argument : spec.positionalParameters()) {
      if (!argument.hidden()) {
        item(argument.paramLabel(), String.join(" ", argument.description()));
      }
    }
  }

  /** All options; those of a group's commands that have a heading of their own stand here once. */
  private void options(CommandSpec spec) {
    Map<String, List<OptionSpec>> groups = HelpLayout.byHeading(spec);
    below(spec)
        .forEach(sub ->
            HelpLayout.byHeading(sub)
                .forEach((heading, options) -> {
                  if (!heading.equals(HelpLayout.OPTIONS)) {
                    groups.putIfAbsent(heading, options);
                  }
                }));
    groups.forEach((heading, options) -> {
      if (!options.isEmpty()) {
        macro(".SH", heading.toUpperCase(Locale.ROOT));
        options(options, true);
      }
    });
  }

  private void options(List<OptionSpec> options, boolean standard) {
    for (OptionSpec option : options) {
      if (standard || !(option.usageHelp() || option.versionHelp())) {
        String value = option.arity().max() == 0 ? "" : "=" + option.paramLabel();
        item(String.join(", ", option.names()) + value, String.join(" ", option.description()));
        Variables.of(option).ifPresent(name -> variables.add(name + "\t" + option.longestName()));
      }
    }
  }

  private void codes(CommandSpec spec) {
    Map<String, String> codes = spec.usageMessage().exitCodeList();
    for (CommandSpec sub : below(spec)) {
      codes = codes.isEmpty() ? sub.usageMessage().exitCodeList() : codes;
    }
    if (!codes.isEmpty()) {
      macro(".SH", "EXIT STATUS");
      codes.forEach(this::item);
    }
  }

  private void environment() {
    if (!variables.isEmpty()) {
      macro(".SH", "ENVIRONMENT");
      for (String variable : variables) {
        String[] parts = variable.split("\t");
        item(parts[0], "The value of " + parts[1] + ", if that is not given.");
      }
    }
  }

  private void footer(CommandSpec spec) {
    String[] footer = spec.usageMessage().footer();
    if (footer.length > 0) {
      macro(".SH", "NOTES");
      paragraph(String.format(String.join("\n", footer).replace("%", "%%")));
    }
  }

  /** Lines that are indented stay as they are; an empty line begins a paragraph. */
  private void paragraph(String text) {
    boolean table = false;
    for (String line : text.split("\\R", -1)) {
      boolean indented = line.startsWith("  ");
      if (indented != table) {
        page.append(indented ? ".PP\n.nf\n" : ".fi\n.PP\n");
        table = indented;
      }
      if (line.isBlank()) {
        page.append(".PP\n");
      } else {
        text(line);
      }
    }
    page.append(table ? ".fi\n" : "");
  }

  private void item(String tag, String text) {
    page.append(".TP\n.B ").append(escaped(tag)).append('\n');
    text(text.isEmpty() ? " " : text);
  }

  private void macro(String name, String... arguments) {
    page.append(name);
    for (String argument : arguments) {
      page.append(" \"").append(escaped(argument).replace("\"", "\\(dq")).append('"');
    }
    page.append('\n');
  }

  private void text(String text) {
    String escaped = escaped(text);
    page.append(escaped.startsWith(".") || escaped.startsWith("'") ? "\\&" : "")
        .append(escaped)
        .append('\n');
  }

  private static String escaped(String text) {
    return text.replace("\\", "\\e").replace("-", "\\-").replace("\n", " ");
  }
}
