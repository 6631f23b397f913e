// SPDX-License-Identifier: Apache-2.0
package chat.desktop.api;

import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * What a plug-in remembers: texts by key, in a file that only the user can read, kept over updates
 * and removed with the plug-in. May be used from any thread; each change is written at once.
 */
@ProviderType
public interface SettingsStore {
  /** The most characters that all keys and values of a plug-in may have. */
  int LIMIT = 1_000_000;

  /** The value of a key, if it has one. */
  Optional<String> get(String key);

  /**
   * Sets a value.
   *
   * @throws IllegalArgumentException if the store would be larger than {@link #LIMIT}
   */
  void put(String key, String value);

  /** Forgets a value. */
  void remove(String key);
}
