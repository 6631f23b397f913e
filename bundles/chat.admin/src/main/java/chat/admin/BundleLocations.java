// SPDX-License-Identifier: Apache-2.0
package chat.admin;

import java.nio.file.Path;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;

/**
 * Where bundles come from. The location of one that was installed beside another ends with a mark,
 * because no two bundles have the same.
 */
final class BundleLocations {
  private BundleLocations() {}

  /** The file in {@code system/} that a bundle is installed from at a start. */
  static Path file(Bundle bundle) {
    return Path.of(bundle.getLocation().replaceFirst("^file:", "").replaceFirst("#\\d+$", ""));
  }

  /** A location that no bundle has, for one beside this one, from the same file. */
  static String another(BundleContext bundles, Bundle bundle) {
    int mark = 1;
    while (bundles.getBundle("file:" + file(bundle) + "#" + mark) != null) {
      mark++;
    }
    return "file:" + file(bundle) + "#" + mark;
  }
}
