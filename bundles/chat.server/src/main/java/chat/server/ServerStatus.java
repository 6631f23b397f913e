// SPDX-License-Identifier: Apache-2.0
package chat.server;

import chat.protocol.Person;
import chat.server.copy.CopyJobs;
import chat.server.room.Directory;
import chat.server.session.SessionContext;
import chat.server.store.ActiveStore;
import chat.server.store.Journal;
import chat.storage.ChatStore;
import chat.storage.StorageException;
import chat.storage.StoreState;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Collectors;

/** How the server is doing, for the operator. */
record ServerStatus(
    Instant since,
    int sessions,
    int online,
    int accounts,
    int rooms,
    long entries,
    String store,
    String stores,
    String pause,
    String copying,
    Journal.Figures journal) {

  static ServerStatus of(ChatServer server, ActiveStore store, CopyJobs copyJobs) {
    SessionContext context = server.context();
    Directory directory = context.directory();
    return new ServerStatus(
        Instant.ofEpochMilli(server.since()),
        server.sessionCount(),
        context.online().presence().count(),
        directory.accounts().size(),
        directory.rooms().all().size(),
        directory.rooms().all().stream().mapToLong(room -> room.tail().head()).sum(),
        store
            .current()
            .map(c -> c.store().description() + ", generation " + c.generation())
            .orElseGet(() -> "none: " + store.waitingFor()),
        stores(store),
        store
            .lastPause()
            .map(last -> last.length().toMillis() + " ms at " + last.at())
            .orElse("never"),
        copyJobs.status(),
        context.access().journal().figures());
  }

  String text() {
    return """
    server.since %s
    sessions %d
    online %d
    accounts %d
    rooms %d
    entries %d
    store %s
    %sstore.lastPause %s
    copying %s
    journal.waiting %d
    journal.waitingBytes %d
    journal.committed %d
    journal.batches %d
    journal.stalledMillis %d
    """
        .formatted(
            since,
            sessions,
            online,
            accounts,
            rooms,
            entries,
            store,
            stores.isEmpty() ? "" : stores.indent(0).replaceAll("(?m)^", "stores "),
            pause,
            copying,
            journal.waiting(),
            journal.waitingBytes(),
            journal.committed(),
            journal.batches(),
            journal.stalledMillis());
  }

  /** The stores that are offered, a line each: name, engine, what it is, where. */
  static String stores(ActiveStore store) {
    Optional<ActiveStore.Current> current = store.current();
    return store.offers().stream()
        .map(candidate -> {
          boolean active = current.map(c -> c.store() == candidate.store()).orElse(false);
          return "%s %s %s %s"
              .formatted(
                  candidate.name(),
                  candidate.engine(),
                  active ? "active" : what(candidate.store()),
                  candidate.store().description());
        })
        .collect(Collectors.joining("\n"));
  }

  private static String what(ChatStore store) {
    try {
      return store
          .state()
          .map(state ->
              switch (state.mode()) {
                case StoreState.Active active -> "waiting, generation " + state.generation();
                case StoreState.Retired(var successor) -> "retired in favour of " + successor.id();
                case StoreState.Copying(var source) -> "unfinished copy of " + source;
              })
          .orElse("empty");
    } catch (StorageException e) {
      return "unreadable: " + e.getMessage();
    }
  }

  static String users(ChatServer server) {
    return server.context().online().presence().everybody().stream()
        .map(Person::name)
        .sorted()
        .collect(Collectors.joining("\n"));
  }
}
