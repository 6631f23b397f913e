// SPDX-License-Identifier: Apache-2.0
package chat.desktop.plugin;

/**
 * One thing that a plug-in brings.
 *
 * @param plugin the id of the plug-in; empty for what the client brings itself
 * @param type of the API
 */
public record Contribution<T>(String plugin, Class<T> type, T service) {

  /** Two are the same if they bring the same object, whatever that thinks of equality. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Contribution<?> that
        && that.service == service
        && that.type == type
        && that.plugin.equals(plugin);
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(service);
  }
}
