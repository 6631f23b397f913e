// SPDX-License-Identifier: Apache-2.0
package chat.desktop.api;

import org.eclipse.swt.widgets.Composite;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A pane of the main window. The user opens, folds, moves and closes it; where it was is
 * remembered.
 */
@ConsumerType
public interface View {

  /** Where a pane can stand. */
  enum Side {
    /** At the right of the transcript. */
    RIGHT,
    /** Below the transcript. */
    BOTTOM
  }

  /** What tells it from all others, for example {@code org.example.todo}. */
  String id();

  /** What stands above it. */
  String title();

  /** Where it stands until the user moves it. */
  default Side side() {
    return Side.RIGHT;
  }

  /**
   * Fills the pane, each time it is opened or moved. The parent has a layout that fills it with one
   * child; it is disposed, with all that is in it, when the pane is closed or the plug-in stops.
   */
  void create(Composite parent, PaneLook look, Compose compose);
}
