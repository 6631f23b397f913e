// SPDX-License-Identifier: Apache-2.0
package chat.desktop.view.transcript;

import chat.desktop.api.Drawing;
import chat.desktop.api.Message;
import chat.desktop.api.MessageRenderer;
import chat.desktop.model.app.ChatModel;
import chat.desktop.model.room.Row;
import chat.desktop.model.text.Markup;
import chat.desktop.plugin.Contribution;
import chat.desktop.plugin.Extensions;
import chat.desktop.plugin.PluginMessages;
import chat.desktop.view.plugin.Looks;
import chat.desktop.view.widget.Theme;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.swt.graphics.Device;
import org.eclipse.swt.graphics.Point;

/** What the renderers of plug-ins make of a message. */
record Renderings(Extensions extensions, Theme theme, ChatModel model) {

  /** A drawing, and whose it is. */
  record Drawn(Contribution<MessageRenderer> owner, Drawing drawing, Point size) {}

  /** All that is to be shown otherwise. */
  record Result(List<MessageRenderer.Style> styles, List<Drawn> drawings) {
    static final Result NOTHING = new Result(List.of(), List.of());
  }

  Result of(Row row, Device device, int width) {
    List<Contribution<MessageRenderer>> renderers = extensions.all(MessageRenderer.class);
    if (renderers.isEmpty() || !(row instanceof Row.MessageRow told)) {
      return Result.NOTHING;
    }
    Message message = PluginMessages.message(told, model.account());
    Markup markup =
        row instanceof Row.Said said ? Markup.of(said.text()) : new Markup(told.text(), List.of());
    List<MessageRenderer.Span> code =
        markup.runs().stream()
            .filter(run -> run.styles().contains(Markup.Style.CODE))
            .map(run -> new MessageRenderer.Span(run.start(), run.end()))
            .toList();
    var shown = new MessageRenderer.Shown(message, markup.text(), code);
    var canvas = new MessageRenderer.Canvas(device, Looks.message(theme, row.mine()), width);
    List<MessageRenderer.Style> styles = new ArrayList<>();
    List<Drawn> drawings = new ArrayList<>();
    for (Contribution<MessageRenderer> each : renderers) {
      extensions
          .ask(
              each,
              renderer -> renderer.render(shown, canvas),
              Optional.<MessageRenderer.Rendering>empty())
          .ifPresent(rendering -> {
            rendering.styles().stream()
                .filter(style -> fits(style.span(), markup.text().length()))
                .forEach(styles::add);
            rendering.drawing().ifPresent(drawing -> drawings.add(drawn(each, drawing)));
          });
    }
    return new Result(styles, drawings);
  }

  private Drawn drawn(Contribution<MessageRenderer> owner, Drawing drawing) {
    Point size = extensions.ask(owner, _ -> drawing.size(), new Point(0, 0));
    return new Drawn(owner, drawing, new Point(size.x, Math.clamp(size.y, 0, 2_000)));
  }

  private static boolean fits(MessageRenderer.Span span, int length) {
    return span.start() >= 0 && span.start() < span.end() && span.end() <= length;
  }
}
