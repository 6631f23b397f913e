// SPDX-License-Identifier: Apache-2.0
package chat.seed;

import chat.admin.client.Json;
import java.io.IOException;

/** What became of something that was said to the server. */
sealed interface Outcome {
  /** It was new, and is there now. */
  record Imported() implements Outcome {}

  /** It was there already. */
  record Present() implements Outcome {}

  /** It is not imported. */
  record Refused(String why) implements Outcome {}

  static Outcome of(Json json) throws IOException {
    return switch (json.text("outcome")) {
      case "imported" -> new Imported();
      case "present" -> new Present();
      case "refused" -> new Refused(json.text("why"));
      default -> throw new IOException("an outcome nobody expected: " + json.text("outcome"));
    };
  }
}
