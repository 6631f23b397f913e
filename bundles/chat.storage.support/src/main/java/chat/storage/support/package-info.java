// SPDX-License-Identifier: Apache-2.0
/**
 * What stores share: the limits of the contract ({@link chat.storage.support.CheckedChatStore}),
 * who may write a store ({@link chat.storage.support.WriteRules}), what a writer need not read
 * again ({@link chat.storage.support.WriterCache}), and how keys and checksums lie in columns
 * ({@link chat.storage.support.KeyCodec}). Copied into each store's bundle, never a bundle itself:
 * stores of different builds stand side by side.
 */
@NullMarked
package chat.storage.support;

import org.jspecify.annotations.NullMarked;
