// SPDX-License-Identifier: Apache-2.0
package chat.desktop.api;

import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Point;
import org.osgi.annotation.versioning.ConsumerType;

/** Something that is drawn below a message, until {@link #dispose} is called. */
@ConsumerType
public interface Drawing {

  /** How large it is; at most 2,000 points high are shown. */
  Point size();

  /** Draws it with its upper left corner at a place. */
  void paint(GC gc, int x, int y);

  /** It was clicked, so far from its upper left corner. */
  default void clicked(int x, int y) {}

  /** What a screen reader says of it. */
  default String words() {
    return "";
  }

  /** Releases what it holds of the windowing system. */
  default void dispose() {}
}
