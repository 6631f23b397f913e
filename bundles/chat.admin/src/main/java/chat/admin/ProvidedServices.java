// SPDX-License-Identifier: Apache-2.0
package chat.admin;

import java.util.Map;
import java.util.TreeMap;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;

/**
 * The services that a bundle offers and that can really be had: how many of each kind. A part that
 * works offers what the one before it did.
 */
record ProvidedServices(Map<String, Integer> kinds) {
  /** What waits for a configuration is registered in the name of every bundle that has one. */
  private static final String OF_OSGI = "org.osgi.";

  static ProvidedServices of(Bundle bundle) {
    Map<String, Integer> kinds = new TreeMap<>();
    BundleContext context = bundle.getBundleContext();
    ServiceReference<?>[] services = bundle.getRegisteredServices();
    if (context == null || services == null) {
      return new ProvidedServices(kinds);
    }
    for (ServiceReference<?> each : services) {
      if (context.getService(each) != null) {
        context.ungetService(each);
        for (String kind : (String[]) each.getProperty(Constants.OBJECTCLASS)) {
          if (!kind.startsWith(OF_OSGI)) {
            kinds.merge(kind, 1, Integer::sum);
          }
        }
      }
    }
    return new ProvidedServices(kinds);
  }

  boolean has(String kind) {
    return kinds.containsKey(kind);
  }

  /** Whether everything is offered that was offered before. */
  boolean covers(ProvidedServices before) {
    return before.kinds.entrySet().stream()
        .allMatch(kind -> kinds.getOrDefault(kind.getKey(), 0) >= kind.getValue());
  }
}
