// SPDX-License-Identifier: Apache-2.0
/** What operators have added to the server: the hooks that see texts before they are stored. */
@org.jspecify.annotations.NullMarked
package chat.server.extension;
