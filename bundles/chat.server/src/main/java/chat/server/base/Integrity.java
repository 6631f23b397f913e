// SPDX-License-Identifier: Apache-2.0
package chat.server.base;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What was found in the store that is not as the server left it. It is left out, logged, and shown
 * to the operator, and everything else goes on.
 *
 * <p><b>Threads.</b> Any.
 */
public final class Integrity {
  private static final Logger LOG = LoggerFactory.getLogger(Integrity.class);
  private static final int SHOWN = 20;
  private static final int REMEMBERED = 10_000;

  private final Set<String> found = new LinkedHashSet<>();

  /** Something is left out; told once. */
  public synchronized void leftOut(String what, Exception why) {
    if (found.size() < REMEMBERED && found.add(what)) {
      LOG.error("{} is left out: {}", what, why.getMessage());
    }
  }

  /** What was found, for the operator. */
  public synchronized List<String> problems() {
    List<String> problems = new ArrayList<>();
    found.stream()
        .limit(SHOWN)
        .forEach(what ->
            problems.add(what + " was not written by this server, or is damaged; it is left out"));
    if (found.size() > SHOWN) {
      problems.add((found.size() - SHOWN) + " more are left out; the log names them");
    }
    return List.copyOf(problems);
  }
}
