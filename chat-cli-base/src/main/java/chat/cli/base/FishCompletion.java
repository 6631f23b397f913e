// SPDX-License-Identifier: Apache-2.0
package chat.cli.base;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** A completion script for fish. */
final class FishCompletion {
  private static final String HEAD =
      """
      # Completion of %1$s for fish.
      function __%1$s_words
          set -l words (commandline -opc)
          set -e words[1]
          string join \\n -- $words
      end

      # Whether the line begins with these words.
      function __%1$s_in
          set -l words (__%1$s_words)
          for i in (seq (count $argv))
              test "$words[$i]" = "$argv[$i]"; or return 1
          end
      end

      # Whether the line is these words and nothing else.
      function __%1$s_at
          test (count (__%1$s_words)) -eq (count $argv); and __%1$s_in $argv
      end

      complete -c %1$s -f
      """
          .formatted(ProductVersion.PROGRAM);

  private final StringBuilder script = new StringBuilder(HEAD);

  private FishCompletion() {}

  static String of(CommandSpec root) {
    FishCompletion completion = new FishCompletion();
    completion.add(root, List.of());
    return completion.script.toString();
  }

  private void add(CommandSpec spec, List<String> words) {
    String path = String.join(" ", words);
    spec.subcommands()
        .forEach((name, sub) -> {
          CommandSpec below = sub.getCommandSpec();
          line("at", path, "-a " + quoted(name), HelpLayout.summary(below));
          List<String> longer = new ArrayList<>(words);
          longer.add(name);
          add(below, longer);
        });
    for (OptionSpec option : spec.options()) {
      if (!option.hidden()) {
        line("in", path, names(option) + values(option), HelpLayout.firstSentence(option));
      }
    }
    spec.positionalParameters().stream()
        .map(FishCompletion::values)
        .filter(values -> !values.isBlank())
        .forEach(values -> line("in", path, values.strip(), ""));
  }

  private void line(String test, String path, String what, String description) {
    String condition = "__%s_%s %s".formatted(ProductVersion.PROGRAM, test, path).strip();
    script.append("complete -c ").append(ProductVersion.PROGRAM);
    script.append(" -n ").append(quoted(condition)).append(' ').append(what);
    if (!description.isEmpty()) {
      script.append(" -d ").append(quoted(description));
    }
    script.append('\n');
  }

  private static String names(OptionSpec option) {
    StringBuilder names = new StringBuilder();
    for (String name : option.names()) {
      names.append(name.startsWith("--") ? " -l " + name.substring(2) : " -s " + name.substring(1));
    }
    return names.substring(1);
  }

  /** What can follow, as far as it is known. */
  private static String values(ArgSpec argument) {
    if (argument.isOption() && argument.arity().max() == 0) {
      return "";
    }
    if (argument.completionCandidates() != null) {
      List<String> choices =
          StreamSupport.stream(argument.completionCandidates().spliterator(), false).toList();
      return (argument.isOption() ? " -x" : "") + " -a " + quoted(String.join(" ", choices));
    }
    boolean file = argument.type() == Path.class || argument.type() == File.class;
    return (argument.isOption() ? " -r" : "") + (file ? " -F" : "");
  }

  private static String quoted(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}
