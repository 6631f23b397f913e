// SPDX-License-Identifier: Apache-2.0
package chat.desktop.api;

import java.util.List;
import java.util.Optional;
import org.eclipse.swt.graphics.Color;
import org.eclipse.swt.graphics.Device;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Shows some messages otherwise: colours parts of their text, or draws something below them. Needs
 * the right {@code reads-messages}.
 */
@ConsumerType
public interface MessageRenderer {

  /**
   * What is to be shown of a message; empty to leave it as it is. Asked whenever a message comes in
   * sight, so it must not wait: what has to be fetched first is shown after {@link
   * Workbench#renderAgain()}.
   */
  Optional<Rendering> render(Shown shown, Canvas canvas);

  /**
   * A message as the transcript shows it.
   *
   * @param text without the signs of its markup
   * @param code the parts of the text that are code
   */
  record Shown(Message message, String text, List<Span> code) {
    public Shown {
      code = List.copyOf(code);
    }
  }

  /** A part of a text, from the first character to before the last one. */
  record Span(int start, int end) {}

  /**
   * What can be drawn on.
   *
   * @param width the most that a drawing may be wide
   */
  record Canvas(Device device, PaneLook look, int width) {}

  /**
   * How a message is shown.
   *
   * @param styles of parts of the text; those outside it are left out
   */
  record Rendering(List<Style> styles, Optional<Drawing> drawing) {
    public Rendering {
      styles = List.copyOf(styles);
    }
  }

  /** The colour of a part of the text. */
  record Style(Span span, Color color) {}
}
