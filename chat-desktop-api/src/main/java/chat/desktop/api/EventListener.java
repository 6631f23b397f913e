// SPDX-License-Identifier: Apache-2.0
package chat.desktop.api;

import org.osgi.annotation.versioning.ConsumerType;

/** Hears what happens to the account that is logged in. Needs the right {@code reads-messages}. */
@ConsumerType
@FunctionalInterface
public interface EventListener {

  void on(ChatEvent event);
}
