// SPDX-License-Identifier: Apache-2.0
package chat.server;

import chat.server.store.ActiveStore;
import chat.storage.ChatStore;

/** Stores as services that a test offers. */
public final class StoreCandidates {
  private StoreCandidates() {}

  public static ActiveStore.StoreCandidate of(ChatStore store, String name) {
    return of(store, name, 1);
  }

  public static ActiveStore.StoreCandidate of(ChatStore store, String name, long bundle) {
    return new ActiveStore.StoreCandidate(store, name, "memory", bundle);
  }
}
