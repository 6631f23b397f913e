// SPDX-License-Identifier: Apache-2.0
package chat.operations;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Something that somebody who looks after a server may have to know later. It holds no texts, no
 * passwords and no tokens.
 *
 * @param event what happened, such as {@code log-in}; names stay
 * @param fields texts and whole numbers, in the order in which they are written; names stay
 */
public record AuditEvent(Instant time, String event, Map<String, Object> fields) {
  public AuditEvent {
    fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
  }
}
