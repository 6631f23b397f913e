// SPDX-License-Identifier: Apache-2.0
package chat.desktop.plugin;

import chat.desktop.api.SlashCommand;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What becomes of a text that begins with a slash, and what can be written there. */
public record SlashCommands(Extensions extensions) {
  private static final int MOST = 10;

  /**
   * Something to write.
   *
   * @param text all that is to stand in the compose box
   * @param help what it does; may be empty
   */
  public record Offer(String text, String help) {}

  /** The text to send: nothing if there is nothing to say; what no command knows stays as it is. */
  public Optional<String> expand(String typed) {
    String text = typed.strip();
    Optional<Contribution<SlashCommand>> command = command(word(text));
    String expanded =
        command
            .map(known -> extensions.ask(known, each -> each.expand(arguments(text)), text).strip())
            .orElse(text);
    return expanded.isEmpty() ? Optional.empty() : Optional.of(expanded);
  }

  /** What a text that is being written may become. */
  public List<Offer> offers(String typed) {
    if (!typed.startsWith("/") || typed.contains("\n")) {
      return List.of();
    }
    String word = word(typed);
    Stream<Offer> offers = typed.length() == word.length() ? words(word) : completions(word, typed);
    return offers.filter(offer -> !offer.text().equals(typed)).limit(MOST).toList();
  }

  private Stream<Offer> words(String begin) {
    List<Offer> offers = new ArrayList<>();
    for (Contribution<SlashCommand> each : extensions.all(SlashCommand.class)) {
      String name = "/" + extensions.ask(each, SlashCommand::name, "");
      if (name.length() > 1 && name.startsWith(begin)) {
        offers.add(new Offer(name + " ", extensions.ask(each, SlashCommand::help, "")));
      }
    }
    return offers.stream();
  }

  private Stream<Offer> completions(String word, String typed) {
    return command(word).stream()
        .flatMap(known ->
            extensions
                .ask(known, each -> List.copyOf(each.complete(arguments(typed))), List.<String>of())
                .stream())
        .map(each -> new Offer(word + " " + each, ""));
  }

  private Optional<Contribution<SlashCommand>> command(String word) {
    return extensions.all(SlashCommand.class).stream()
        .filter(each -> word.equals("/" + extensions.ask(each, SlashCommand::name, "")))
        .findFirst();
  }

  private static String word(String text) {
    int space = text.indexOf(' ');
    return text.substring(0, space < 0 ? text.length() : space);
  }

  private static String arguments(String text) {
    int space = text.indexOf(' ');
    return space < 0 ? "" : text.substring(space + 1).strip();
  }
}
