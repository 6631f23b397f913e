// SPDX-License-Identifier: Apache-2.0
package chat.admin.client;

import java.io.IOException;

/** What the server says to a command. */
public sealed interface AdminAnswer {
  /** The bytes of the answer as text: JSON, but for {@link Earlier}. */
  String raw();

  /** What a program ends with that has nothing else to do. */
  int exit();

  /** The command was carried out. */
  record Done(String command, Json result, String raw) implements AdminAnswer {
    @Override
    public int exit() {
      return 0;
    }
  }

  /**
   * It was not.
   *
   * @param code why, for programs
   * @param message why, for people
   */
  record Refused(String command, String code, String message, int exit, String raw)
      implements AdminAnswer {}

  /** A server of version 0.1 answered, which speaks to people only. */
  record Earlier(boolean done, String text, String raw) implements AdminAnswer {
    @Override
    public int exit() {
      return done ? 0 : 1;
    }
  }

  default boolean isDone() {
    return exit() == 0;
  }

  /**
   * The result of a command that was carried out.
   *
   * @throws RefusedException if it was not
   */
  default Json result() throws RefusedException {
    return switch (this) {
      case Done done -> done.result();
      case Refused refused -> throw new RefusedException(refused.code(), refused.message());
      case Earlier earlier ->
          throw new RefusedException(
              "earlier-version",
              earlier.done()
                  ? "the server that runs is of an earlier version; start the one of this version"
                  : earlier.text());
    };
  }

  /** Reads the bytes of an answer. */
  static AdminAnswer of(String raw) throws IOException {
    for (String word : new String[] {"ok\n", "error\n"}) {
      if (raw.startsWith(word)) {
        return new Earlier(
            word.startsWith("ok"), raw.substring(word.length()).stripTrailing(), raw);
      }
    }
    Json json = Json.of(raw);
    String command = json.text("command");
    Json error = json.object("error");
    if (json.has("error")) {
      int exit = (int) json.number("exit").orElse(1);
      return new Refused(command, error.text("code"), error.text("message"), exit, raw);
    }
    if (!json.has("result")) {
      throw new IOException("the answer has neither a result nor an error");
    }
    return new Done(command, json.object("result"), raw);
  }
}
