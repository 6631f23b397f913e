// SPDX-License-Identifier: Apache-2.0
package chat.protocol;

import java.util.UUID;

/**
 * A device that is logged in to an account: it has a token.
 *
 * @param id tells it from the others, and opens nothing
 * @param name as the device called itself
 * @param address from which it was used last; empty if that is not known
 * @param created when it logged in, in UTC milliseconds
 * @param used when it was used last, within an hour or so; now if it is connected
 * @param current whether it is the one that asks
 */
public record Device(
    UUID id, String name, String address, long created, long used, boolean current) {}
