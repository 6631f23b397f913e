// SPDX-License-Identifier: Apache-2.0
/**
 * One TLS connection to a server whose key is trusted, and the commands on it: each is paired with
 * its answer, and some are asked again until there is one.
 */
@org.jspecify.annotations.NullMarked
package chat.client.transport;
