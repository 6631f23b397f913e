// SPDX-License-Identifier: Apache-2.0
package chat.desktop;

import chat.client.text.ServerAddress;
import chat.desktop.model.platform.ThemeChoice;
import chat.desktop.model.text.Language;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What the command line says.
 *
 * @param firstStep if nobody is logged in
 */
record Options(
    Optional<ServerAddress> server,
    Path folder,
    String fingerprint,
    Optional<Language> language,
    Optional<ThemeChoice> theme,
    Optional<FirstStep> firstStep,
    PluginOptions plugins) {

  static final String DEFAULT_PROFILE = "default";

  /** The same with the profile in another folder. */
  Options in(Path other) {
    return new Options(server, other, fingerprint, language, theme, firstStep, plugins);
  }
}
