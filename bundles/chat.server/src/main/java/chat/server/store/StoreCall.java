// SPDX-License-Identifier: Apache-2.0
package chat.server.store;

import chat.storage.ChatStore;
import chat.storage.StorageException;

/** One short call of a store, made under a lease. */
@FunctionalInterface
public interface StoreCall<T> {
  T on(ChatStore store, long generation) throws StorageException;
}
