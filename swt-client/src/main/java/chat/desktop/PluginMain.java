// SPDX-License-Identifier: Apache-2.0
package chat.desktop;

import chat.cli.base.CliException;
import chat.cli.base.CliProgram;
import chat.cli.base.CommandTree;
import chat.cli.base.DataOption;
import chat.cli.base.ExitStatus;
import chat.cli.base.TerminalText;
import chat.desktop.plugin.InstalledPlugin;
import chat.desktop.plugin.PluginDownload;
import chat.desktop.plugin.PluginException;
import chat.desktop.plugin.PluginFile;
import chat.desktop.plugin.PluginFolder;
import chat.desktop.plugin.Right;
import chat.desktop.plugin.Trouble;
import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Installs and removes plug-ins without a window, for roll-out and for a client that won't start.
 */
public final class PluginMain {
  private static final ExitStatus NOT_DONE = () -> 1;

  private final PluginFolder folder;
  private final Function<String, Optional<String>> asker;
  private final PrintStream out;

  private PluginMain(
      PluginFolder folder, Function<String, Optional<String>> asker, PrintStream out) {
    this.folder = folder;
    this.asker = asker;
    this.out = out;
  }

  public static void main(String[] arguments) {
    PrintStream out =
        new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
    PrintStream err =
        new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
    Path plugins = DataOption.home(System.getenv()).resolve(PluginOptions.FOLDER);
    System.exit(run(List.of(arguments), plugins, PluginMain::ask, out, err));
  }

  /**
   * Carries out a line.
   *
   * @param line its first word is the command's name
   * @param asker puts a question to whoever is there; empty if nobody is
   */
  static int run(
      List<String> line,
      Path plugins,
      Function<String, Optional<String>> asker,
      PrintStream out,
      PrintStream err) {
    PluginMain main = new PluginMain(new PluginFolder(plugins), asker, out);
    CommandTree tree = new CommandTree().add(PluginCommand.NAME, PluginCommand::new);
    return new CliProgram(tree, Map.of(), out, err, NOT_DONE)
        .run(
            line,
            order -> {
              main.run((PluginCommand.Order) order);
              return () -> ExitStatus.SUCCESS;
            });
  }

  private static Optional<String> ask(String question) {
    @Nullable Console console = System.console();
    return console == null || !console.isTerminal()
        ? Optional.empty()
        : Optional.ofNullable(console.readLine("%s", question));
  }

  private void run(PluginCommand.Order order) throws CliException, IOException {
    try {
      switch (order) {
        case PluginCommand.Order.ListAll(boolean json) ->
            folder.all().forEach(plugin -> out.println(json ? json(plugin) : text(plugin)));
        case PluginCommand.Order.Install(String source, boolean yes) -> install(source, yes);
        case PluginCommand.Order.Remove(String id) -> remove(id);
      }
    } catch (PluginException e) {
      throw new CliException(NOT_DONE, TerminalText.of(why(e.trouble())));
    }
  }

  private static String why(Trouble trouble) {
    String words =
        switch (trouble.kind()) {
          case NOT_A_PLUGIN -> "not a plug-in of this client";
          case TOO_LARGE -> "too large, or unpacks to too much";
          case UNKNOWN_RIGHT -> "claims a right that there is not";
          case WANTS_MORE -> "claims more than was agreed to";
          case NOT_CLAIMED -> "does something that it does not claim";
          case DUPLICATE -> "there is another one of this name";
          case UNRESOLVED -> "needs something that is missing";
          case THREW -> "failed";
          case BLOCKED -> "kept the window from responding";
          case UNREADABLE -> "can't be read or written";
        };
    return trouble.detail().isEmpty() ? words : words + ": " + trouble.detail();
  }

  private static String state(InstalledPlugin plugin) {
    return plugin.trouble().isPresent() ? "failed" : plugin.enabled() ? "on" : "off";
  }

  private static String text(InstalledPlugin plugin) {
    String rights = Right.words(plugin.accepted());
    return TerminalText.of(
        plugin.id()
            + " "
            + plugin.version()
            + "  "
            + state(plugin)
            + "  "
            + plugin.name()
            + (rights.isEmpty() ? "" : "  (" + rights + ")")
            + plugin.trouble().map(trouble -> "  " + why(trouble)).orElse(""));
  }

  private static String json(InstalledPlugin plugin) {
    StringWriter line = new StringWriter();
    try (JsonGenerator json =
        JsonFactory.builder().build().createGenerator(ObjectWriteContext.empty(), line)) {
      json.writeStartObject();
      json.writeStringProperty("id", plugin.id());
      json.writeStringProperty("name", plugin.name());
      json.writeStringProperty("version", plugin.version());
      json.writeStringProperty("state", state(plugin));
      json.writeArrayPropertyStart("rights");
      plugin.accepted().stream().sorted().map(Right::word).forEach(json::writeString);
      json.writeEndArray();
      if (!plugin.source().isEmpty()) {
        json.writeStringProperty("source", plugin.source());
      }
      if (plugin.trouble().isPresent()) {
        Trouble trouble = plugin.trouble().get();
        json.writeStringProperty(
            "trouble", trouble.kind().name().toLowerCase(java.util.Locale.ROOT));
        json.writeStringProperty("detail", trouble.detail());
      }
      json.writeEndObject();
    }
    return TerminalText.of(line.toString());
  }

  private void install(String source, boolean yes)
      throws PluginException, CliException, IOException {
    if (!source.matches("[a-z]+://.*")) {
      install(PluginFile.read(Path.of(source)), "", yes);
      return;
    }
    Path fetched = Files.createTempFile("plugin", ".jar");
    try {
      install(PluginFile.read(PluginDownload.fetch(source, fetched)), source, yes);
    } finally {
      Files.deleteIfExists(fetched);
    }
  }

  private void install(PluginFile file, String source, boolean yes)
      throws PluginException, CliException {
    String rights = file.rights().isEmpty() ? "no rights" : Right.words(file.rights());
    String what = file.name() + " " + file.version() + " (" + file.id() + "), " + rights;
    boolean agreed =
        folder.get(file.id()).map(old -> old.accepted().containsAll(file.rights())).orElse(false);
    if (!yes && !agreed) {
      String question = TerminalText.of(what) + ". A plug-in runs as you. Install it? [y/N] ";
      Optional<String> answer = asker.apply(question);
      if (answer.isEmpty()) {
        throw CliException.usage("nobody is there to be asked; say --yes to go on");
      }
      if (!List.of("y", "yes").contains(answer.get().strip())) {
        throw new CliException(NOT_DONE, "not installed");
      }
    }
    folder.install(file, file.rights(), source);
    out.println("Installed " + TerminalText.of(what));
  }

  private void remove(String id) throws PluginException, CliException {
    if (!folder.remove(id)) {
      throw new CliException(NOT_DONE, "not installed: " + TerminalText.of(id));
    }
    out.println("Removed " + TerminalText.of(id));
  }
}
