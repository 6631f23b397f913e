// SPDX-License-Identifier: Apache-2.0
package chat.desktop.view.widget;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.eclipse.core.commands.AbstractHandler;
import org.eclipse.core.commands.Category;
import org.eclipse.core.commands.Command;
import org.eclipse.core.commands.CommandManager;
import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.core.commands.ParameterizedCommand;
import org.eclipse.core.commands.common.CommandException;
import org.eclipse.core.commands.contexts.ContextManager;
import org.eclipse.jface.bindings.Binding;
import org.eclipse.jface.bindings.BindingManager;
import org.eclipse.jface.bindings.Scheme;
import org.eclipse.jface.bindings.keys.KeyBinding;
import org.eclipse.jface.bindings.keys.KeySequence;
import org.eclipse.jface.bindings.keys.KeyStroke;
import org.eclipse.jface.bindings.keys.ParseException;
import org.eclipse.jface.bindings.keys.SWTKeySupport;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.Listener;
import org.eclipse.swt.widgets.Shell;

/**
 * The commands of a window and the keys that call them, by the platform's own managers. Keys count
 * only in the window they belong to, so several windows can live in one Display; a command that is
 * not enabled leaves the key to the widget.
 */
public final class Keys {
  private static final String SCHEME = "chat.keys";
  private static final String CONTEXT = "chat.window";

  /**
   * Something the user can do.
   *
   * @param id also the key of its text
   * @param keys as {@link KeySequence} reads them; empty for none
   */
  public record UiCommand(String id, String keys, BooleanSupplier enabled, Runnable action) {}

  private final CommandManager commands = new CommandManager();
  private final ContextManager contexts = new ContextManager();
  private final BindingManager bindings = new BindingManager(contexts, commands);

  public Keys(Shell shell, List<UiCommand> deeds) {
    Scheme scheme = bindings.getScheme(SCHEME);
    scheme.define(SCHEME, null, null);
    contexts.getContext(CONTEXT).define(CONTEXT, null, null);
    Category category = commands.getCategory("chat");
    category.define("chat", null);
    try {
      bindings.setActiveScheme(scheme);
    } catch (CommandException e) {
      throw new IllegalStateException(e);
    }
    contexts.setActiveContextIds(Set.of(CONTEXT));
    deeds.forEach(action -> add(action, category));
    Listener filter = event -> pressed(shell, event);
    shell.getDisplay().addFilter(SWT.KeyDown, filter);
    shell.addListener(SWT.Dispose, _ -> shell.getDisplay().removeFilter(SWT.KeyDown, filter));
  }

  /**
   * Takes in the command of a plug-in. A key that does something else already is not taken.
   *
   * @return whether it was taken in; not if there is one of its id
   */
  public boolean addIfFree(UiCommand action) {
    if (commands.getCommand(action.id()).isDefined()) {
      return false;
    }
    boolean free =
        action.keys().isEmpty() || bindings.getPerfectMatch(sequence(action.keys())) == null;
    UiCommand taken =
        free ? action : new UiCommand(action.id(), "", action.enabled(), action.action());
    add(taken, commands.getCategory("chat"));
    return true;
  }

  /** Forgets a command and its key. */
  public void remove(String id) {
    Command command = commands.getCommand(id);
    for (Binding binding :
        bindings.getBindings() == null ? new Binding[0] : bindings.getBindings()) {
      ParameterizedCommand bound = binding.getParameterizedCommand();
      if (bound != null && bound.getCommand() == command) {
        bindings.removeBinding(binding);
      }
    }
    command.setHandler(null);
    command.undefine();
  }

  /** The keys of a command as people read them; empty if it has none. */
  public String label(String id) {
    Command command = commands.getCommand(id);
    for (Binding binding :
        bindings.getBindings() == null ? new Binding[0] : bindings.getBindings()) {
      ParameterizedCommand bound = binding.getParameterizedCommand();
      if (bound != null
          && bound.getCommand() == command
          && binding.getTriggerSequence() instanceof KeySequence keys) {
        return SWTKeySupport.getKeyFormatterForPlatform().format(keys);
      }
    }
    return "";
  }

  /** Calls a command as a key would. */
  public void run(String id) {
    execute(commands.getCommand(id));
  }

  /** The keys of a command as people read them; empty if there are none. */
  public static String label(UiCommand action) {
    return action.keys().isEmpty()
        ? ""
        : SWTKeySupport.getKeyFormatterForPlatform().format(sequence(action.keys()));
  }

  /** The keys of a command as a menu takes them. */
  public static int accelerator(UiCommand action) {
    if (action.keys().isEmpty()) {
      return 0;
    }
    return SWTKeySupport.convertKeyStrokeToAccelerator(sequence(action.keys()).getKeyStrokes()[0]);
  }

  private void add(UiCommand action, Category category) {
    Command command = commands.getCommand(action.id());
    command.define(action.id(), null, category);
    command.setHandler(
        new AbstractHandler() {
          @Override
          public boolean isEnabled() {
            return action.enabled().getAsBoolean();
          }

          @Override
          public Object execute(ExecutionEvent event) {
            action.action().run();
            return true;
          }
        });
    if (!action.keys().isEmpty()) {
      bindings.addBinding(
          new KeyBinding(
              sequence(action.keys()),
              new ParameterizedCommand(command, null),
              SCHEME,
              CONTEXT,
              null,
              null,
              null,
              Binding.SYSTEM));
    }
  }

  private static KeySequence sequence(String keys) {
    try {
      return KeySequence.getInstance(keys);
    } catch (ParseException e) {
      throw new IllegalArgumentException(keys, e);
    }
  }

  private void pressed(Shell shell, Event event) {
    if (!(event.widget instanceof Control control) || control.getShell() != shell) {
      return;
    }
    int[] ways = {
      SWTKeySupport.convertEventToUnmodifiedAccelerator(event),
      SWTKeySupport.convertEventToUnshiftedModifiedAccelerator(event),
      SWTKeySupport.convertEventToModifiedAccelerator(event)
    };
    for (int way : ways) {
      KeyStroke stroke = SWTKeySupport.convertAcceleratorToKeyStroke(way);
      Binding binding = bindings.getPerfectMatch(KeySequence.getInstance(stroke));
      if (binding != null && binding.getParameterizedCommand().getCommand().isEnabled()) {
        execute(binding.getParameterizedCommand().getCommand());
        event.doit = false;
        event.type = SWT.None;
        return;
      }
    }
  }

  private static void execute(Command command) {
    try {
      command.executeWithChecks(new ExecutionEvent(command, Map.of(), null, null));
    } catch (CommandException e) {
      throw new IllegalStateException(command.getId(), e);
    }
  }
}
