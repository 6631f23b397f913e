// SPDX-License-Identifier: Apache-2.0
package chat.admin.client;

import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** What the server says to commands, for people. */
public final class AnswerText {
  private static final String ACCOUNT = "account ";

  private AnswerText() {}

  /** An answer without a line end behind it. */
  public static String of(AdminAnswer answer) {
    return switch (answer) {
      case AdminAnswer.Earlier earlier -> earlier.text();
      case AdminAnswer.Refused refused -> refused.message();
      case AdminAnswer.Done(String command, Json result, String raw) ->
          of(command, result, raw).stripTrailing();
    };
  }

  private static String of(String command, Json result, String raw) {
    return switch (command) {
      case "status" -> StatusText.of(new ServerReport(result));
      case "ready" -> health(result.object("health"));
      case "users" -> lines(result.texts("users"));
      case "invite", "owner-invitation" -> result.text("link");
      case "invitations" -> invitations(result.objects("invitations"));
      case "announce" ->
          result.text("announcement").isEmpty()
              ? "nothing is announced"
              : result.text("announcement");
      case "uninvite" -> "taken back";
      case "audit" -> result.objects("events").stream().map(AnswerText::event).collect(LINES);
      case "stores" -> StoreReport.all(result).stream().map(StatusText::of).collect(LINES);
      case "migrate", "backup", "restore", "copying", "cancel" -> copy(result);
      case "remove-store" ->
          "removed store %s (%s)%s"
              .formatted(
                  result.text("store"),
                  result.text("mode"),
                  result.has("folder") ? " and its data in " + result.text("folder") : "");
      case "swap" -> swap(result);
      case "upgrade" -> upgrade(result);
      case "part" -> "part " + result.text("part") + " " + result.text("state");
      case "extension list" -> extensions(result.objects("extensions"));
      case "extension install" ->
          "installed %s %s%s"
              .formatted(
                  result.text("name"),
                  result.text("version"),
                  result.has("before") ? ", before: " + result.text("before") : "");
      case "extension remove" -> "removed " + result.text("removed");
      case "wires" -> lines(result.texts("bundles"));
      case "rekey" ->
          "the master key is another one; chatroom status tells how far everything is sealed anew";
      case "stop" -> "stopping";
      case "help" ->
          result.objects("commands").stream()
              .map(each -> "%-34s %s".formatted(each.text("usage"), each.text("help")))
              .collect(LINES);
      default ->
          command.startsWith(ACCOUNT)
              ? AccountText.of(command.substring(ACCOUNT.length()), result)
              : raw;
    };
  }

  private static final java.util.stream.Collector<CharSequence, ?, String> LINES =
      Collectors.joining("\n");

  private static String extensions(List<Json> extensions) {
    return extensions.isEmpty()
        ? "there are no extensions"
        : extensions.stream()
            .map(each ->
                "%s %s %s %s"
                    .formatted(
                        each.text("name"),
                        each.text("version"),
                        each.text("state"),
                        String.join(" ", each.texts("offers"))))
            .collect(LINES);
  }

  private static String lines(List<String> lines) {
    return String.join("\n", lines);
  }

  /** The state and why. */
  static String health(Json health) {
    return health.has("why")
        ? health.text("state") + ": " + health.text("why")
        : health.text("state");
  }

  private static String event(Json event) {
    return event.text("time")
        + " "
        + event.text("event")
        + event.names().stream()
            .filter(name -> !name.equals("time") && !name.equals("event"))
            .map(name -> " " + name + "=" + value(event, name))
            .collect(Collectors.joining());
  }

  private static String value(Json event, String name) {
    OptionalLong number = event.number(name);
    return number.isPresent() ? String.valueOf(number.getAsLong()) : event.text(name);
  }

  private static String invitations(List<Json> invitations) {
    return invitations.isEmpty()
        ? "there are no invitations"
        : invitations.stream().map(AnswerText::invitation).collect(LINES);
  }

  private static String invitation(Json invitation) {
    return invitation.text("id")
        + " uses "
        + invitation.count("uses")
        + " until "
        + (invitation.has("end") ? invitation.text("end") : "ever")
        + (invitation.text("role").equals("MEMBER") ? "" : " as " + invitation.text("role"));
  }

  private static String copy(Json result) {
    if (result.has("plan")) {
      return CopyText.plan(result.object("plan"));
    }
    String text = CopyReport.of(result).text();
    return result.has("configuration")
        ? text + "\nthe store is new; its configuration is " + result.text("configuration")
        : text;
  }

  private static String swap(Json swap) {
    String took =
        swap.has("pauseMillis") ? ", took over within " + swap.count("pauseMillis") + " ms," : "";
    return "swap %s %s -> %s %s%s in %d ms"
        .formatted(
            swap.text("part"),
            swap.text("from"),
            swap.text("to"),
            swap.text("how").equals("in-place") ? "in place" : swap.text("how"),
            took,
            swap.count("millis"));
  }

  private static String upgrade(Json upgrade) {
    List<String> restart = upgrade.texts("restartFor");
    String text =
        upgrade.count("parts") == 0
            ? "nothing to exchange: this release runs already"
            : "upgrade %s: %d parts in %d ms, back with: upgrade %s"
                .formatted(
                    upgrade.text("release"),
                    upgrade.count("parts"),
                    upgrade.count("millis"),
                    upgrade.text("previous"));
    return restart.isEmpty()
        ? text
        : text
            + "\nnot exchanged, because it takes a restart with the new release: "
            + String.join(", ", restart);
  }
}
