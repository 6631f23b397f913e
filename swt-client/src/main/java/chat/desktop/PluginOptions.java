// SPDX-License-Identifier: Apache-2.0
package chat.desktop;

import java.nio.file.Path;

/**
 * What the command line says of plug-ins.
 *
 * @param folder where they are installed
 * @param safeMode whether none is started
 */
record PluginOptions(Path folder, boolean safeMode) {
  static final String FOLDER = "plugins";
}
