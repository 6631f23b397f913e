// SPDX-License-Identifier: Apache-2.0
package chat.desktop.plugin;

import java.util.Optional;
import java.util.Set;

/**
 * A plug-in as it stands in the folder.
 *
 * @param accepted the rights that the user agreed to
 * @param enabled whether the user wants it
 * @param source where it came from; empty if it was a file
 * @param trouble why it is off although it is wanted
 */
public record InstalledPlugin(
    String id,
    String name,
    String version,
    Set<Right> accepted,
    boolean enabled,
    String source,
    Optional<Trouble> trouble) {

  public InstalledPlugin {
    accepted = Set.copyOf(accepted);
  }

  /** Whether it is to run. */
  public boolean runs() {
    return enabled && trouble.isEmpty();
  }
}
