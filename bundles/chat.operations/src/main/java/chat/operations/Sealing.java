// SPDX-License-Identifier: Apache-2.0
package chat.operations;

import java.util.List;

/**
 * What is sealed in the store, and what is not this server's.
 *
 * @param running whether everything is being sealed anew
 * @param done cells that were looked at
 * @param planned cells that there were when it began
 * @param leftOut what was found that this server did not write, or that is damaged; for people
 */
public record Sealing(boolean running, long done, long planned, List<String> leftOut) {
  public Sealing {
    leftOut = List.copyOf(leftOut);
  }
}
