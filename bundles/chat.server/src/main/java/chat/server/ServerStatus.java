package chat.server;

import chat.protocol.Person;
import java.time.Instant;
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
    Journal.Figures journal) {

  static ServerStatus of(ChatServer server, ActiveStore store) {
    Services services = server.services();
    return new ServerStatus(
        Instant.ofEpochMilli(server.since()),
        server.sessionCount(),
        services.presence().count(),
        services.accounts().size(),
        services.rooms().all().size(),
        services.rooms().all().stream().mapToLong(room -> room.tail().head()).sum(),
        store
            .current()
            .map(c -> c.store().description() + ", generation " + c.generation())
            .orElseGet(() -> "none: " + store.waitingFor()),
        services.journal().figures());
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
            journal.waiting(),
            journal.waitingBytes(),
            journal.committed(),
            journal.batches(),
            journal.stalledMillis());
  }

  static String users(ChatServer server) {
    return server.services().presence().online().stream()
        .map(Person::name)
        .sorted()
        .collect(Collectors.joining("\n"));
  }
}
