// SPDX-License-Identifier: Apache-2.0
package chat.desktop.view.plugin;

import chat.desktop.plugin.InstalledPlugin;
import chat.desktop.plugin.PluginException;
import chat.desktop.plugin.Right;
import chat.desktop.plugin.Trouble;
import chat.desktop.view.widget.FormDialog;
import chat.desktop.view.widget.Theme;
import java.util.Set;
import java.util.stream.Collectors;

/** What is said of plug-ins. */
public final class PluginTexts {

  private PluginTexts() {}

  /** That a plug-in was switched off, and why. */
  public static String off(Theme theme, InstalledPlugin plugin) {
    return theme.text(
        "plugins.off", plugin.name(), plugin.trouble().map(t -> why(theme, t)).orElse(""));
  }

  /** Why a plug-in can't be installed, or was switched off. */
  static String why(Theme theme, Trouble trouble) {
    String key =
        switch (trouble.kind()) {
          case NOT_A_PLUGIN -> "plugins.why.notAPlugin";
          case TOO_LARGE -> "plugins.why.tooLarge";
          case UNKNOWN_RIGHT -> "plugins.why.unknownRight";
          case WANTS_MORE -> "plugins.why.wantsMore";
          case NOT_CLAIMED -> "plugins.why.notClaimed";
          case DUPLICATE -> "plugins.why.duplicate";
          case UNRESOLVED -> "plugins.why.unresolved";
          case THREW -> "plugins.why.threw";
          case BLOCKED -> "plugins.why.blocked";
          case UNREADABLE -> "plugins.why.unreadable";
        };
    String words = theme.text(key);
    return trouble.detail().isEmpty() ? words : words + " (" + trouble.detail() + ")";
  }

  static String why(Theme theme, Throwable failure) {
    return FormDialog.cause(failure) instanceof PluginException refused
        ? why(theme, refused.trouble())
        : theme.text("plugins.why.unreadable")
            + " ("
            + FormDialog.cause(failure).getMessage()
            + ")";
  }

  /** What a plug-in claims to do, a line for each right. */
  static String rights(Theme theme, Set<Right> rights) {
    return rights.isEmpty()
        ? theme.text("plugins.right.none")
        : rights.stream()
            .sorted()
            .map(right -> "• " + right(theme, right))
            .collect(Collectors.joining("\n"));
  }

  private static String right(Theme theme, Right right) {
    return theme.text(
        switch (right) {
          case READS_MESSAGES -> "plugins.right.reads";
          case SENDS_MESSAGES -> "plugins.right.sends";
          case FILES -> "plugins.right.files";
          case NETWORK -> "plugins.right.network";
        });
  }
}
