// SPDX-License-Identifier: Apache-2.0
package chat.prove.hostile;

import java.io.IOException;

/** One way to trouble a server. */
interface Attack {

  /**
   * Goes on until the target's time is over.
   *
   * @throws IOException if it could not even begin
   */
  void run(Target target) throws IOException, InterruptedException;
}
