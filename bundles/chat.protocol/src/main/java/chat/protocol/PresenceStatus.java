// SPDX-License-Identifier: Apache-2.0
package chat.protocol;

/** How much somebody is here; never {@link Availability#INVISIBLE}. */
public record PresenceStatus(long account, Availability availability) {}
