// SPDX-License-Identifier: Apache-2.0
package chat.desktop.view.widget;

import chat.desktop.model.platform.Settings;
import chat.desktop.model.platform.SlashCommands;
import chat.desktop.model.text.EmojiCatalog;
import chat.desktop.model.text.Texts;
import chat.desktop.spi.Notifier;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.function.Supplier;

/**
 * What the windows of a profile share.
 *
 * @param emoji read in the background; to be asked for when it is needed
 * @param downloads where files are saved
 */
public record AppContext(
    Palette palette,
    Texts texts,
    Settings settings,
    List<Notifier> notifiers,
    SlashCommands slashCommands,
    Supplier<EmojiCatalog> emoji,
    Path downloads,
    ZoneId zone) {

  public AppContext {
    notifiers = List.copyOf(notifiers);
  }

  /** The same in other words. */
  public AppContext with(Texts other) {
    return new AppContext(
        palette, other, settings, notifiers, slashCommands, emoji, downloads, zone);
  }
}
