// SPDX-License-Identifier: Apache-2.0
package chat.server;

import chat.server.store.ActiveStore;
import chat.storage.ChatStore;

/** Stores as services that a test offers. */
public final class Offers {
  private Offers() {}

  public static ActiveStore.Offer of(ChatStore store, String name) {
    return of(store, name, 1);
  }

  public static ActiveStore.Offer of(ChatStore store, String name, long bundle) {
    return new ActiveStore.Offer(store, name, "memory", bundle);
  }
}
