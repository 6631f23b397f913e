// SPDX-License-Identifier: Apache-2.0
package chat.admin.client;

import java.util.List;
import java.util.stream.Collectors;

/** What {@code account} commands say, for people. */
final class AccountText {
  private static final int SHORT = 8;

  private AccountText() {}

  /**
   * Says it.
   *
   * @param command its second word
   */
  static String of(String command, Json result) {
    return switch (command) {
      case "list" -> list(result);
      case "show" -> details(result);
      case "sessions" -> sessions(result.objects("sessions"));
      case "reset-link" -> result.text("link");
      case "suspend" -> named(result) + " is suspended";
      case "resume" -> named(result) + " can log in again";
      case "end-sessions" -> named(result) + " is logged out everywhere";
      case "role" -> named(result) + " is " + result.text("role");
      case "rename" -> "now called " + named(result);
      case "remove-second-factor" -> named(result) + " can log in with the password alone";
      case "export" ->
          "%s: %s messages, %s files in %s"
              .formatted(
                  named(result),
                  result.text("messages"),
                  result.text("files"),
                  result.text("folder"));
      case "delete" -> named(result) + " is deleted";
      default -> String.valueOf(result.fields());
    };
  }

  private static String named(Json account) {
    return account.text("name") + " (#" + account.text("id") + ")";
  }

  private static String list(Json result) {
    List<Json> accounts = result.objects("accounts");
    if (accounts.isEmpty()) {
      return "there are no such accounts";
    }
    String more =
        result.text("more").equals("true")
            ? "\nthere are more: --after '" + accounts.getLast().text("name") + "'"
            : "";
    return accounts.stream().map(AccountText::line).collect(Collectors.joining("\n")) + more;
  }

  private static String line(Json account) {
    return "#"
        + account.text("id")
        + " "
        + account.text("name")
        + (account.text("role").equals("member") ? "" : " " + account.text("role"))
        + " since "
        + account.text("created")
        + (account.has("suspended") ? " suspended " + account.text("suspended") : "")
        + (account.text("online").equals("true") ? " online" : "")
        + (account.has("seen") ? " seen " + account.text("seen") : "");
  }

  private static String details(Json result) {
    String display = result.text("display");
    return line(result.object("account"))
        + (display.isEmpty() ? "" : "\nshown as " + display)
        + "\nrooms "
        + result.text("rooms")
        + "\ncontacts "
        + result.text("contacts")
        + (result.text("secondFactor").equals("true") ? "\nsecond factor" : "")
        + "\n"
        + sessions(result.objects("sessions"));
  }

  private static String sessions(List<Json> sessions) {
    return sessions.isEmpty()
        ? "no device is logged in"
        : sessions.stream().map(AccountText::session).collect(Collectors.joining("\n"));
  }

  private static String session(Json session) {
    String id = session.text("id");
    return "device "
        + id.substring(0, Math.min(SHORT, id.length()))
        + " "
        + session.text("device")
        + (session.text("address").isEmpty() ? "" : ", " + session.text("address"))
        + ", used "
        + session.text("used")
        + ", logged in "
        + session.text("created");
  }
}
