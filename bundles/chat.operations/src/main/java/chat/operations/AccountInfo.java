// SPDX-License-Identifier: Apache-2.0
package chat.operations;

import java.time.Instant;
import java.util.Optional;

/**
 * An account, as operators see it.
 *
 * @param seen when it was here last; empty if it is not known, or is here now
 * @param suspended since when it can't log in; empty if it can
 */
public record AccountInfo(
    long id,
    String name,
    AccountRole role,
    Instant created,
    boolean online,
    Optional<Instant> seen,
    Optional<Instant> suspended) {}
