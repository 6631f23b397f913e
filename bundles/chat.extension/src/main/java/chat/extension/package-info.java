// SPDX-License-Identifier: Apache-2.0
/**
 * The extension contract: what an operator may add to a running server. A bundle registers a {@link
 * chat.extension.MessageHook}, which sees texts before they are stored, or a {@link
 * chat.extension.Bot}, which takes part in rooms as an account. It is installed, exchanged and
 * removed while people chat. JDK types only.
 *
 * <p>Extensions are code in the server's own process and may do whatever the server may: an
 * operator installs those that he trusts.
 */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.0.0")
@org.jspecify.annotations.NullMarked
package chat.extension;
