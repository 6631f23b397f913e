// SPDX-License-Identifier: Apache-2.0
package chat.operations;

import java.time.Instant;
import java.util.Optional;

/**
 * An invitation that still lets somebody in.
 *
 * @param id tells it from the others, and does not let anybody in
 * @param uses accounts that may still be made
 * @param end empty if it has none
 * @param role of those who come by it
 */
public record InvitationInfo(String id, int uses, Optional<Instant> end, String role) {}
