// SPDX-License-Identifier: Apache-2.0
package chat.operations;

import java.time.Instant;

/**
 * A device that is logged in to an account.
 *
 * @param id tells it from the others, and opens nothing
 * @param used when it was used last, within an hour or so
 */
public record SessionInfo(
    String id, String device, String address, Instant created, Instant used) {}
