// SPDX-License-Identifier: Apache-2.0
package chat.client;

/** Hears what happens. Called by one thread of the client, in order; it should return soon. */
@FunctionalInterface
public interface ClientListener {
  void on(ClientEvent event);
}
