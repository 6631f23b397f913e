// SPDX-License-Identifier: Apache-2.0
package chat.system;

import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.admin.client.AdminAnswer;
import chat.prove.server.Builds;
import chat.prove.server.ServerProcess;
import chat.storage.postgresql.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A store on which dialogues are held, with an exchange in the middle of each. */
enum StoreUnderTest {
  SQLITE("chat.storage.sqlite"),
  /** What is in memory does not outlive its bundle: here the server's logic is exchanged. */
  MEMORY("chat.server"),
  POSTGRESQL("chat.storage.postgresql");

  private final String exchanged;

  StoreUnderTest(String exchanged) {
    this.exchanged = exchanged;
  }

  /**
   * A server on it, not started yet.
   *
   * @param schema of its own in the database that all tests share
   */
  ServerProcess server(Path data, String schema) throws IOException {
    ServerProcess server =
        ServerProcess.on(
            data, this == MEMORY ? ServerProcess.Store.MEMORY : ServerProcess.Store.SQLITE);
    if (this == POSTGRESQL) {
      PostgresServer postgres = PostgresServer.get();
      Files.writeString(
          data.resolve("conf/chat.storage.postgresql-main.config"),
          "name=\"postgresql\"\nurl=\"%s\"\nuser=\"%s\"\nschema=\"%s\"\n"
              .formatted(postgres.url(), postgres.user(), schema));
      server.set("store", "\"postgresql\"");
    }
    return server;
  }

  /**
   * Exchanges its bundle.
   *
   * @param folder for the new build
   */
  void swap(ServerProcess server, Path folder) throws IOException {
    AdminAnswer answer = server.ask("swap", Builds.newer(exchanged, folder).toString());
    assertTrue(answer.isDone(), answer.raw());
  }
}
