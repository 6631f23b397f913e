// SPDX-License-Identifier: Apache-2.0
package chat.admin.client;

import java.util.Set;
import java.util.stream.Collectors;

/** What {@code status} says, for people: lines of a key and a value. */
final class StatusText {
  /** Figures that have a sentence of their own; any other one stands there under its name. */
  private static final Set<String> IN_WORDS =
      Set.of(
          "heapBytes",
          "heapMost",
          "passwordsWaiting",
          "searchesWaiting",
          "readsWaiting",
          "refusals");

  private StatusText() {}

  static String of(ServerReport status) {
    Json json = status.json();
    StringBuilder text = new StringBuilder();
    line(text, "version", json.text("version"));
    line(text, "uptime", json.count("uptimeSeconds") + " s");
    line(text, "health", AnswerText.health(json.object("health")));
    json.optional("server").ifPresent(server -> server(text, server));
    json.optional("store").ifPresent(store -> store(text, store));
    StoreReport.all(json).forEach(store -> line(text, "stores", of(store)));
    if (json.has("copy")) {
      line(text, "copying", CopyReport.of(json).text());
    }
    json.optional("server").ifPresent(server -> journal(text, server.object("journal")));
    json.optional("server")
        .flatMap(server -> server.optional("sealing"))
        .filter(sealing -> sealing.text("running").equals("true"))
        .ifPresent(sealing ->
            line(
                text,
                "sealing",
                sealing.count("done") + " of " + sealing.count("planned") + " cells looked at"));
    json.optional("server")
        .flatMap(server -> server.optional("load"))
        .ifPresent(load -> load(text, load));
    for (ServerReport.Listener each : status.listeners()) {
      line(text, "listener", each.name() + " " + each.address() + " " + each.fingerprint());
    }
    for (ServerReport.Listener each : status.listeners()) {
      if (!each.warning().isEmpty()) {
        line(text, "warning", "listener " + each.name() + ": " + each.warning());
      }
    }
    for (ServerReport.Part each : status.parts()) {
      line(
          text,
          "bundle",
          each.name() + " " + each.version() + " " + each.state() + " since " + each.since());
    }
    if (json.has("lastExchange")) {
      line(text, "lastSwap", json.text("lastExchange"));
    }
    if (json.has("warnings")) {
      json.texts("warnings").forEach(warning -> line(text, "warning", "store: " + warning));
    }
    json.texts("problems").forEach(problem -> line(text, "problem", problem));
    return text.toString();
  }

  private static void server(StringBuilder text, Json server) {
    line(text, "server.since", server.text("since"));
    for (String key : new String[] {"sessions", "online", "accounts", "rooms", "entries"}) {
      line(text, key, server.text(key));
    }
  }

  private static void store(StringBuilder text, Json store) {
    line(
        text,
        "store",
        store.has("missing")
            ? "none: " + store.text("missing")
            : store.text("description") + ", generation " + store.text("generation"));
    Json pause = store.object("lastPause");
    line(
        text,
        "store.lastPause",
        store.has("lastPause") ? pause.count("millis") + " ms at " + pause.text("at") : "never");
  }

  private static void journal(StringBuilder text, Json journal) {
    for (String key : journal.names()) {
      line(text, "journal." + key, journal.text(key));
    }
  }

  private static void load(StringBuilder text, Json load) {
    line(
        text,
        "memory",
        load.count("heapBytes") / (1 << 20) + " of " + load.count("heapMost") / (1 << 20) + " MiB");
    line(
        text,
        "waiting",
        load.count("passwordsWaiting")
            + " log-ins, "
            + load.count("searchesWaiting")
            + " searches, "
            + load.count("readsWaiting")
            + " readers");
    for (String key : load.names()) {
      if (!IN_WORDS.contains(key)) {
        line(text, "load." + key, load.text(key));
      }
    }
    Json refusals = load.object("refusals");
    for (String problem : refusals.names()) {
      line(text, "refused." + problem, refusals.text(problem));
    }
  }

  /** A store: name, engine, what it is, where. */
  static String of(StoreReport store) {
    Json json = store.json();
    String mode =
        switch (store.mode()) {
          case "standby" -> "waiting, generation " + json.text("generation");
          case "retired" -> "retired in favour of " + json.text("successor");
          case "unfinished-copy" -> "unfinished copy of " + json.text("source");
          case "unreadable" -> "unreadable: " + json.text("why");
          default -> store.mode();
        };
    return store.name() + " " + store.engine() + " " + mode + " " + store.description();
  }

  private static void line(StringBuilder text, String key, String value) {
    String indented = value.lines().collect(Collectors.joining("\n        "));
    text.append(key).append(' ').append(indented).append('\n');
  }
}
