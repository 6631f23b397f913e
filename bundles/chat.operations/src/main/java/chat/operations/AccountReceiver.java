// SPDX-License-Identifier: Apache-2.0
package chat.operations;

import java.io.IOException;
import java.io.OutputStream;
import org.osgi.annotation.versioning.ConsumerType;

/** Gets what an account is and what it said, on the thread that asked for it. */
@ConsumerType
public interface AccountReceiver {
  /** What it is; comes first, and once. */
  void account(AccountDetails details) throws IOException;

  /** Something that it said. Room after room, of each the newest first. */
  void message(ExportedMessage message) throws IOException;

  /**
   * Where the content of a file is to be written; comes behind its message.
   *
   * @return closed when all is written
   */
  OutputStream file(ExportedMessage message) throws IOException;
}
