// SPDX-License-Identifier: Apache-2.0
package chat.admin;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;

/**
 * The bundles that the operator has added. They stand in a folder of the data, so that an upgrade
 * of the program leaves them alone, and the server does without any of them that does not work.
 *
 * @param folder where a start finds them
 */
record Extensions(BundleContext bundles, Path folder) {
  static final String HOOK = "chat.extension.MessageHook";
  static final String BOT = "chat.extension.Bot";

  /** Before the listeners: no text goes past a hook. */
  static final int LEVEL = 13;

  boolean has(Bundle bundle) {
    return bundle.getLocation().startsWith("file:")
        && BundleLocations.file(bundle).startsWith(folder);
  }

  List<Bundle> all() {
    return Arrays.stream(bundles.getBundles()).filter(this::has).toList();
  }
}
