// SPDX-License-Identifier: Apache-2.0
package chat.admin.command;

import java.io.StringWriter;
import java.util.Map;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * What a command line is answered: one JSON object.
 *
 * <pre>
 *   {"command": "users", "exit": 0, "result": {"users": ["alice"]}}
 *   {"command": "swap", "exit": 1, "error": {"code": "conflict", "message": "..."}}
 * </pre>
 *
 * <p>Fields may be added; codes, names and what they mean stay.
 */
public sealed interface Answer {
  /** It was tried, or could not be. */
  int NOT_DONE = 1;

  /** The line makes no sense. */
  int USAGE = 2;

  String command();

  /** The command was carried out. */
  record Done(String command, Map<String, Object> result) implements Answer {}

  /**
   * It was not.
   *
   * @param code why, for programs
   * @param message why, for people
   * @param exit the exit code of a program that has nothing else to do
   */
  record Refused(String command, String code, String message, int exit) implements Answer {
    static Refused mistake(String command, CommandException mistake) {
      return new Refused(command, mistake.code(), String.valueOf(mistake.getMessage()), USAGE);
    }
  }

  default String json() {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(ObjectWriteContext.empty(), text)) {
      json.writeStartObject();
      json.writeStringProperty("command", command());
      switch (this) {
        case Done(String command, Map<String, Object> result) -> {
          json.writeNumberProperty("exit", 0);
          json.writeName("result");
          JsonValues.write(json, result);
        }
        case Refused(String command, String code, String message, int exit) -> {
          json.writeNumberProperty("exit", exit);
          json.writeName("error");
          JsonValues.write(json, Fields.of("code", code).with("message", message).map());
        }
      }
      json.writeEndObject();
    }
    return text.append('\n').toString();
  }
}
