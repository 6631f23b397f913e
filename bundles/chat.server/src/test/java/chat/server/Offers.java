// SPDX-License-Identifier: Apache-2.0
package chat.server;

import chat.storage.ChatStore;

/** Stores as services that a test offers. */
final class Offers {
  private Offers() {}

  static ActiveStore.Offer of(ChatStore store, String name) {
    return of(store, name, 1);
  }

  static ActiveStore.Offer of(ChatStore store, String name, long bundle) {
    return new ActiveStore.Offer(store, name, "memory", bundle);
  }
}
