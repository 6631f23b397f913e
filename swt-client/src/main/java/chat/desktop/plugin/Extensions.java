// SPDX-License-Identifier: Apache-2.0
package chat.desktop.plugin;

import chat.desktop.api.Command;
import chat.desktop.api.EventListener;
import chat.desktop.api.MessageRenderer;
import chat.desktop.api.Notifier;
import chat.desktop.api.SlashCommand;
import chat.desktop.api.View;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What plug-ins bring to the windows at this moment. The windows hear of each change; they ask a
 * plug-in through here only, so that one that throws is left out at once and switched off.
 *
 * <p><b>Thread.</b> That of the windows, for everything.
 */
public final class Extensions {
  private static final System.Logger LOG = System.getLogger(Extensions.class.getName());

  /** What hears or shows what people write. */
  private static final Set<Class<?>> READERS =
      Set.of(MessageRenderer.class, Notifier.class, EventListener.class);

  private final List<Contribution<?>> all = new ArrayList<>();
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private final Set<String> failed = new HashSet<>();
  private final Map<String, Set<Right>> rights = new HashMap<>();
  private BiConsumer<String, Trouble> onTrouble = (_, _) -> {};
  private @Nullable WorkbenchWindow window;

  /**
   * @param notifiers of the client itself
   * @param commands of the client itself
   */
  public Extensions(List<? extends Notifier> notifiers, List<? extends SlashCommand> commands) {
    notifiers.forEach(each -> all.add(new Contribution<>("", Notifier.class, each)));
    commands.forEach(each -> all.add(new Contribution<>("", SlashCommand.class, each)));
  }

  /** Who switches a plug-in off that can't go on. */
  void onTrouble(BiConsumer<String, Trouble> newOnTrouble) {
    onTrouble = newOnTrouble;
  }

  public void listen(Runnable listener) {
    listeners.add(listener);
  }

  public void forget(Runnable listener) {
    listeners.remove(listener);
  }

  /** Everything of a kind, in the order in which it came. */
  public <T> List<Contribution<T>> all(Class<T> type) {
    List<Contribution<T>> found = new ArrayList<>();
    for (Contribution<?> each : all) {
      if (each.type() == type && !failed.contains(each.plugin())) {
        found.add(new Contribution<>(each.plugin(), type, type.cast(each.service())));
      }
    }
    return found;
  }

  /** Whether there is something of a kind. */
  public boolean has(Class<?> type) {
    return all.stream().anyMatch(each -> each.type() == type);
  }

  /**
   * Takes in what a plug-in brings.
   *
   * @param claimed the rights in its manifest
   */
  void add(List<? extends Contribution<?>> brought, Set<Right> claimed) {
    brought.forEach(each -> rights.put(each.plugin(), claimed));
    for (Contribution<?> each : brought) {
      if (READERS.contains(each.type()) && !claims(each.plugin(), Right.READS_MESSAGES)) {
        fail(
            each.plugin(),
            new Trouble(Trouble.Kind.NOT_CLAIMED, Right.READS_MESSAGES.word()),
            null);
        return;
      }
      String name = name(each);
      for (Contribution<?> other : List.copyOf(all)) {
        if (!name.isEmpty() && other.type() == each.type() && name(other).equals(name)) {
          fail(each.plugin(), new Trouble(Trouble.Kind.DUPLICATE, name), null);
          return;
        }
      }
      all.add(each);
    }
    changed();
  }

  /** What tells it from others of its kind; empty if nothing has to. */
  private String name(Contribution<?> each) {
    return switch (each.service()) {
      case Command _ when each.type() == Command.class ->
          ask(cast(each, Command.class), Command::id, "");
      case View _ when each.type() == View.class -> ask(cast(each, View.class), View::id, "");
      case SlashCommand _ when each.type() == SlashCommand.class ->
          ask(cast(each, SlashCommand.class), SlashCommand::name, "");
      default -> "";
    };
  }

  private static <T> Contribution<T> cast(Contribution<?> each, Class<T> type) {
    return new Contribution<>(each.plugin(), type, type.cast(each.service()));
  }

  /** Forgets what a plug-in brought. */
  void remove(List<? extends Contribution<?>> gone) {
    if (all.removeAll(gone)) {
      changed();
    }
  }

  /** Whether a plug-in claims a right. */
  public boolean claims(String plugin, Right right) {
    return rights.getOrDefault(plugin, Set.of()).contains(right);
  }

  /** A plug-in may begin anew, whatever was before. */
  void forgive(String plugin) {
    failed.remove(plugin);
  }

  private void changed() {
    listeners.forEach(Runnable::run);
  }

  /**
   * Asks something of a plug-in.
   *
   * @param otherwise the answer if it throws, or is to be switched off already
   */
  @SuppressWarnings("CatchingUnchecked") // other languages throw what no signature names
  public <T, R> R ask(Contribution<T> whom, Function<? super T, R> question, R otherwise) {
    if (failed.contains(whom.plugin())) {
      return otherwise;
    }
    try {
      return question.apply(whom.service());
    } catch (Throwable e) {
      fail(whom.plugin(), Trouble.threw(e), e);
      return otherwise;
    }
  }

  /** Tells a plug-in something. */
  public <T> void tell(Contribution<T> whom, Consumer<? super T> words) {
    var unused =
        ask(
            whom,
            service -> {
              words.accept(service);
              return true;
            },
            false);
  }

  /** Everybody of a kind is told. */
  public <T> void tellAll(Class<T> type, Consumer<? super T> words) {
    all(type).forEach(each -> tell(each, words));
  }

  /** A plug-in can't go on. It is left out from now on, and goes when nobody is asking it. */
  void fail(String plugin, Trouble trouble, @Nullable Throwable fault) {
    LOG.log(
        System.Logger.Level.WARNING,
        "Plug-in " + (plugin.isEmpty() ? "of the client" : plugin) + ": " + trouble,
        fault);
    if (!plugin.isEmpty() && failed.add(plugin)) {
      onTrouble.accept(plugin, trouble);
    }
  }

  /** The main window; null while there is none. */
  public @Nullable WorkbenchWindow window() {
    return window;
  }

  /** The main window was opened. */
  public void opened(WorkbenchWindow opened) {
    window = opened;
  }

  /** A main window was closed. */
  public void closed(WorkbenchWindow closed) {
    if (window == closed) {
      window = null;
    }
  }
}
