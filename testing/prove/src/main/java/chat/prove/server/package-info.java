// SPDX-License-Identifier: Apache-2.0
/**
 * The server that is tried: one of its own as a process, or one that runs already; and other builds
 * of its parts.
 */
@org.jspecify.annotations.NullMarked
package chat.prove.server;
