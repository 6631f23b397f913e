// SPDX-License-Identifier: Apache-2.0
package chat.server;

import java.time.Instant;
import java.util.Hashtable;
import java.util.Map;
import javax.crypto.SecretKey;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;

/**
 * Offers a master key that has taken the place of another one: the next build of this bundle gets
 * the key that is good by then. It is the framework's service, as the one of before is, and stays
 * when this bundle goes.
 */
record KeyPublisher(BundleContext bundles) {
  void publish(SecretKey key) {
    var unused =
        bundles
            .getBundle(Constants.SYSTEM_BUNDLE_LOCATION)
            .getBundleContext()
            .registerService(
                SecretKey.class,
                key,
                new Hashtable<>(
                    Map.of(
                        "chat.key",
                        "master",
                        Constants.SERVICE_RANKING,
                        (int) Instant.now().getEpochSecond())));
  }
}
