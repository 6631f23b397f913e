// SPDX-License-Identifier: Apache-2.0
package chat.desktop.view.widget;

import chat.desktop.model.platform.Settings;
import chat.desktop.model.text.EmojiCatalog;
import chat.desktop.model.text.Texts;
import chat.desktop.plugin.Extensions;
import chat.desktop.plugin.PluginHost;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.function.Supplier;

/**
 * What the windows of a profile share.
 *
 * @param extensions what plug-ins bring at this moment
 * @param plugins installs and removes them
 * @param emoji read in the background; to be asked for when it is needed
 * @param downloads where files are saved
 */
public record AppContext(
    Palette palette,
    Texts texts,
    Settings settings,
    Extensions extensions,
    PluginHost plugins,
    Supplier<EmojiCatalog> emoji,
    Path downloads,
    ZoneId zone) {

  /** The same in other words. */
  public AppContext with(Texts other) {
    return new AppContext(palette, other, settings, extensions, plugins, emoji, downloads, zone);
  }
}
