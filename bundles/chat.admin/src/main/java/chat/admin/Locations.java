package chat.admin;

import java.nio.file.Path;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;

/**
 * Where bundles come from. The location of one that was installed beside another ends with a mark,
 * because no two bundles have the same.
 */
final class Locations {
  private Locations() {}

  /** The file in {@code system/} that a bundle is installed from at a start. */
  static Path file(Bundle bundle) {
    return Path.of(bundle.getLocation().replaceFirst("^file:", "").replaceFirst("#\\d+$", ""));
  }

  /**
   * A location for a bundle beside this one, from the same file. No bundle has it: to install from
   * a location that is taken gives the bundle that has it, and nothing new.
   */
  static String another(Bundle bundle, BundleContext bundles) {
    String beside = "file:" + file(bundle) + "#";
    int mark = 1;
    while (bundles.getBundle(beside + mark) != null) {
      mark++;
    }
    return beside + mark;
  }
}
