// SPDX-License-Identifier: Apache-2.0
package chat.desktop.view.plugin;

import chat.desktop.api.Command;
import chat.desktop.api.CommandContext;
import chat.desktop.api.ComposeAction;
import chat.desktop.api.Message;
import chat.desktop.api.Place;
import chat.desktop.model.room.Room;
import chat.desktop.model.room.Row;
import chat.desktop.plugin.Contribution;
import chat.desktop.plugin.Extensions;
import chat.desktop.plugin.PluginMessages;
import chat.desktop.plugin.Right;
import chat.desktop.plugin.WorkbenchWindow;
import chat.desktop.view.widget.ItemList.Choice;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The commands of plug-ins at their places. */
public record PluginCommands(Extensions extensions) {

  /** What the user has in hand. */
  private record Subject(
      Row.@Nullable MessageRow message, @Nullable Room room, Optional<String> person) {}

  /** For a message. */
  public List<Choice> message(Row.MessageRow row) {
    return at(Place.MESSAGE, new Subject(row, null, Optional.empty()));
  }

  /** For a room at the left. */
  public List<Choice> room(Room room) {
    return at(Place.ROOM, new Subject(null, room, Optional.empty()));
  }

  /** For a person at the left. */
  public List<Choice> person(String name) {
    return at(Place.PERSON, new Subject(null, null, Optional.of(name)));
  }

  /** For what is being written. */
  public List<Choice> compose() {
    List<Choice> choices = new ArrayList<>();
    WorkbenchWindow window = extensions.window();
    for (Contribution<ComposeAction> each : extensions.all(ComposeAction.class)) {
      String title = extensions.ask(each, ComposeAction::title, "");
      if (window != null && !title.isEmpty()) {
        choices.add(
            Choice.foreign(
                title,
                () ->
                    extensions.tell(each, action -> action.run(window.shell(), window.compose()))));
      }
    }
    choices.addAll(at(Place.COMPOSE, new Subject(null, null, Optional.empty())));
    return choices;
  }

  /** Whether anything may be offered where messages are written. */
  public boolean composes() {
    return extensions.has(ComposeAction.class) || !commands(Place.COMPOSE).isEmpty();
  }

  /** Those of a place, whether they can be done now or not. */
  List<Contribution<Command>> commands(Place place) {
    return extensions.all(Command.class).stream()
        .filter(each -> extensions.ask(each, Command::places, Set.<Place>of()).contains(place))
        .toList();
  }

  boolean enabled(Contribution<Command> command) {
    CommandContext context = context(command, new Subject(null, null, Optional.empty()));
    return context != null && extensions.ask(command, each -> each.enabled(context), false);
  }

  void run(Contribution<Command> command) {
    run(command, new Subject(null, null, Optional.empty()));
  }

  private void run(Contribution<Command> command, Subject subject) {
    CommandContext context = context(command, subject);
    if (context != null) {
      extensions.tell(command, each -> each.run(context));
    }
  }

  private List<Choice> at(Place place, Subject subject) {
    List<Choice> choices = new ArrayList<>();
    for (Contribution<Command> each : commands(place)) {
      CommandContext context = context(each, subject);
      String title = extensions.ask(each, Command::title, "");
      if (context != null
          && !title.isEmpty()
          && extensions.ask(each, command -> command.enabled(context), false)) {
        choices.add(Choice.foreign(title, () -> run(each, subject)));
      }
    }
    return choices;
  }

  private @Nullable CommandContext context(Contribution<Command> command, Subject subject) {
    WorkbenchWindow window = extensions.window();
    if (window == null || window.shell().isDisposed()) {
      return null;
    }
    Row.MessageRow row = subject.message();
    Optional<Message> message =
        row != null && extensions.claims(command.plugin(), Right.READS_MESSAGES)
            ? Optional.of(PluginMessages.message(row, window.model().account()))
            : Optional.empty();
    Room room = subject.room() == null ? window.model().current() : subject.room();
    return new CommandContext(
        window.shell(),
        window.compose(),
        message,
        Optional.ofNullable(room).map(PluginMessages::room),
        subject.person());
  }
}
