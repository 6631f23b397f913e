// SPDX-License-Identifier: Apache-2.0
/**
 * The storage contract as tests. A store's own test class implements {@link
 * chat.storage.tck.ChatStoreContract}, supplies a {@link chat.storage.tck.fixture.StoreFixture} and
 * inherits every test; what a store can't have done to it, its fixture declares.
 *
 * <p>Never deployed.
 */
@org.jspecify.annotations.NullMarked
package chat.storage.tck;
