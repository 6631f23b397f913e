// SPDX-License-Identifier: Apache-2.0
/** The second factor of a log-in: codes of an authenticator, and recovery codes. */
@org.jspecify.annotations.NullMarked
package chat.server.command.factor;
