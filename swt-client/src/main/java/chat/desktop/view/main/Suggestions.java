// SPDX-License-Identifier: Apache-2.0
package chat.desktop.view.main;

import chat.desktop.model.app.MentionHint;
import chat.desktop.plugin.SlashCommands;
import java.util.List;
import org.eclipse.swt.graphics.Point;
import org.jspecify.annotations.Nullable;

/** What is offered while somebody writes: names, or commands; one of them at a time. */
record Suggestions(MentionPopup mention, SlashPopup slash) {

  boolean shown() {
    return mention.shown() || slash.shown();
  }

  void show(@Nullable MentionHint names, List<SlashCommands.Offer> commands, Point corner) {
    slash.show(commands, corner);
    mention.show(commands.isEmpty() ? names : null, corner);
  }

  void hide() {
    mention.hide();
    slash.hide();
  }

  void step(int direction) {
    if (slash.shown()) {
      slash.step(direction);
    } else {
      mention.step(direction);
    }
  }

  void choose() {
    if (slash.shown()) {
      slash.choose();
    } else {
      mention.choose();
    }
  }
}
