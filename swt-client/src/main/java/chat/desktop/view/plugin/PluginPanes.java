// SPDX-License-Identifier: Apache-2.0
package chat.desktop.view.plugin;

import chat.desktop.api.Compose;
import chat.desktop.api.View;
import chat.desktop.plugin.Contribution;
import chat.desktop.plugin.Extensions;
import chat.desktop.view.widget.AppContext;
import chat.desktop.view.widget.Icon;
import chat.desktop.view.widget.Theme;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.GridLayout;
import org.eclipse.swt.widgets.Composite;

/**
 * The panes of plug-ins, at the right and below: opened when their plug-in comes, gone with it, and
 * where the user left them the next time.
 */
public final class PluginPanes {

  /** How a pane stands, as it is remembered. */
  private record State(View.Side side, boolean folded, boolean closed) {

    static State of(String kept, View.Side usual) {
      String[] words = kept.split(" ");
      for (View.Side side : View.Side.values()) {
        if (words[0].equals(side.name())) {
          return new State(side, kept.endsWith(" folded"), kept.endsWith(" closed"));
        }
      }
      return new State(usual, false, false);
    }

    String kept() {
      return side + (closed ? " closed" : folded ? " folded" : " open");
    }
  }

  private final Theme theme;
  private final AppContext context;
  private final Extensions extensions;
  private final Compose compose;
  private final Runnable onLayout;
  private final Composite right;
  private final Composite bottom;
  private final Map<Contribution<View>, PaneFrame> frames = new LinkedHashMap<>();

  /**
   * @param onLayout lays out the window again
   */
  public PluginPanes(
      Composite parent, Theme theme, AppContext context, Compose compose, Runnable onLayout) {
    this.theme = theme;
    this.context = context;
    this.extensions = context.extensions();
    this.compose = compose;
    this.onLayout = onLayout;
    this.right = stack(parent, "plugins.right", SWT.VERTICAL);
    this.bottom = stack(parent, "plugins.bottom", SWT.HORIZONTAL);
  }

  private Composite stack(Composite parent, String id, int direction) {
    Composite stack = new Composite(parent, SWT.NONE);
    stack.setData("id", id);
    stack.setBackground(theme.palette().line());
    GridLayout layout = new GridLayout(1, true);
    if (direction == SWT.HORIZONTAL) {
      layout.numColumns = 20;
    }
    layout.makeColumnsEqualWidth = false;
    layout.marginWidth = 0;
    layout.marginHeight = 0;
    layout.horizontalSpacing = 1;
    layout.verticalSpacing = 1;
    stack.setLayout(layout);
    return stack;
  }

  public Composite right() {
    return right;
  }

  public Composite bottom() {
    return bottom;
  }

  /** Shows what there is now. */
  public void refresh() {
    List<Contribution<View>> views = extensions.all(View.class);
    frames
        .entrySet()
        .removeIf(each -> {
          boolean gone = !views.contains(each.getKey());
          if (gone) {
            each.getValue().dispose();
          }
          return gone;
        });
    views.stream()
        .filter(view -> !frames.containsKey(view) && !state(view).closed())
        .forEach(this::open);
    onLayout.run();
  }

  /** The id of a view; empty if it has none. */
  String id(Contribution<View> view) {
    return extensions.ask(view, View::id, "").replaceAll("[^A-Za-z0-9._-]", "_");
  }

  String title(Contribution<View> view) {
    return extensions.ask(view, View::title, "");
  }

  boolean isOpen(Contribution<View> view) {
    return frames.containsKey(view);
  }

  /** Opens a pane, or closes it. */
  void toggle(Contribution<View> view) {
    boolean close = frames.containsKey(view);
    State now = state(view);
    keep(view, new State(now.side(), false, close));
    again(view);
  }

  private State state(Contribution<View> view) {
    View.Side usual = extensions.ask(view, View::side, View.Side.RIGHT);
    return State.of(context.settings().pane(id(view)), usual);
  }

  private void keep(Contribution<View> view, State state) {
    context.settings().pane(id(view), state.kept());
  }

  private void again(Contribution<View> view) {
    Optional.ofNullable(frames.remove(view)).ifPresent(PaneFrame::dispose);
    refresh();
  }

  private void open(Contribution<View> view) {
    State state = state(view);
    Composite stack = state.side() == View.Side.RIGHT ? right : bottom;
    Icon away = state.side() == View.Side.RIGHT ? Icon.DOWN : Icon.RIGHT;
    PaneFrame frame = new PaneFrame(stack, theme, id(view), title(view), away, new Moves(view));
    frame.folded(state.folded());
    boolean made =
        extensions.ask(
            view,
            each -> {
              each.create(frame.body(), Looks.pane(theme), compose);
              return true;
            },
            false);
    if (made) {
      frames.put(view, frame);
    } else {
      frame.dispose();
    }
  }

  /** What the title of a pane does. */
  private final class Moves implements PaneFrame.Actions {
    private final Contribution<View> view;

    Moves(Contribution<View> view) {
      this.view = view;
    }

    @Override
    public void fold(boolean folded) {
      keep(view, new State(state(view).side(), folded, false));
      PaneFrame frame = frames.get(view);
      if (frame != null) {
        frame.folded(folded);
        frame.getParent().layout(true, true);
        onLayout.run();
      }
    }

    @Override
    public void move() {
      boolean atRight = state(view).side() == View.Side.RIGHT;
      keep(view, new State(atRight ? View.Side.BOTTOM : View.Side.RIGHT, false, false));
      again(view);
    }

    @Override
    public void close() {
      toggle(view);
    }
  }
}
