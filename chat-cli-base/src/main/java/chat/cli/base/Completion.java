// SPDX-License-Identifier: Apache-2.0
package chat.cli.base;

import java.io.PrintStream;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code completion}. */
@Command(
    name = "completion",
    description = {
      "Print a script that completes commands and options in a shell.",
      "%nbash: chatroom completion bash > ~/.local/share/bash-completion/completions/chatroom%n"
          + "zsh:  chatroom completion zsh > ~/.chatroom-completion,"
          + " then source that file in ~/.zshrc%n"
          + "fish: chatroom completion fish > ~/.config/fish/completions/chatroom.fish"
    })
final class Completion implements Callable<Tool>, Tool {
  /** The shells that there are scripts for. */
  enum Shell {
    BASH,
    ZSH,
    FISH;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Parameters(paramLabel = "SHELL", description = "bash, zsh or fish.")
  private Shell shell = Shell.BASH;

  @Override
  public Tool call() {
    return this;
  }

  @Override
  public void run(CommandLine all, PrintStream out) {
    out.print(
        switch (shell) {
          // Picocli's script turns bash completion on where zsh reads it.
          case BASH, ZSH -> AutoComplete.bash(ProductVersion.PROGRAM, all);
          case FISH -> FishCompletion.of(all.getCommandSpec());
        });
  }
}
