// SPDX-License-Identifier: Apache-2.0
package chat.system;

import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.admin.client.AdminAnswer;
import chat.admin.client.CopyReport;
import chat.admin.client.ServerReport;
import chat.admin.client.StoreReport;
import chat.prove.server.Builds;
import chat.prove.server.ServerProcess;
import chat.prove.server.Waits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What is exchanged under a server that runs, each by the operator's own words. */
enum Exchange {
  STORE("the build of the store, beside the old one", swap("chat.storage.sqlite")),
  STORE_IN_PLACE(
      "the build of the store, after the old one", swap("chat.storage.sqlite", "--in-place")),
  ENGINE("the store itself", Exchange::migration),
  WIRE_FORMAT("the wire format", swap("chat.protocol.cbor")),
  LOGIC("the server's logic", swap("chat.server")),
  SOCKETS("the owner of the sockets", swap("chat.connection.netty")),
  RELEASE("a whole release, chat.admin included", Exchange::upgrade),
  PROCESS("the process, by kill -9 and a new start", Exchange::kill);

  private static final List<String> STORES = List.of("sqlite", "second");

  private final String what;
  private final Preparation preparation;

  /** All but the exchange itself: builds take their time. */
  @FunctionalInterface
  private interface Preparation {
    Ready of(ServerProcess server, Path folder) throws IOException;
  }

  /** An exchange that is about to happen. */
  @FunctionalInterface
  interface Ready {
    /** Returns when the new one does the work. */
    void happens() throws IOException, InterruptedException;
  }

  Exchange(String what, Preparation preparation) {
    this.what = what;
    this.preparation = preparation;
  }

  /** Configures the store that {@link #ENGINE} goes to; for before the first start. */
  static void secondStore(ServerProcess server) throws IOException {
    Files.writeString(
        server.data().resolve("conf/chat.storage.sqlite-second.config"),
        "name=\"second\"\nfolder=\"store-second\"\n");
  }

  /**
   * Makes what is needed for it.
   *
   * @param folder for the builds
   */
  Ready prepared(ServerProcess server, Path folder) throws IOException {
    return preparation.of(server, folder);
  }

  private static Preparation swap(String part, String... options) {
    return (server, folder) -> {
      List<String> words = new ArrayList<>(List.of("swap"));
      words.addAll(List.of(options));
      words.add(Builds.newer(part, folder).toString());
      return () -> ask(server, words.toArray(String[]::new));
    };
  }

  /** To whichever of the two stores is not the active one. */
  private static Ready migration(ServerProcess server, Path folder) throws IOException {
    String active = StoreReport.active(server.admin()).orElseThrow();
    String other = STORES.get(1 - STORES.indexOf(active));
    return () -> {
      ask(server, "migrate", active, other);
      CopyReport copy = server.admin().copy();
      while (copy.isRunning()) {
        Waits.moment();
        copy = server.admin().copy();
      }
      assertTrue(copy.isDone() && copy.kind().equals("migration"), copy.text());
    };
  }

  private static Ready upgrade(ServerProcess server, Path folder) throws IOException {
    Path release = Builds.release(folder);
    return () -> {
      ask(server, "upgrade", release.toString());
      while (!adminFollowed(server)) {
        Waits.moment();
      }
    };
  }

  /** It exchanges itself last, and its socket is away for a moment. */
  private static boolean adminFollowed(ServerProcess server) {
    try {
      ServerReport status = server.admin().status();
      return status.version("chat.admin").equals(status.version("chat.server"));
    } catch (IOException e) {
      return false;
    }
  }

  private static Ready kill(ServerProcess server, Path folder) {
    return () -> {
      server.kill();
      server.start();
    };
  }

  private static void ask(ServerProcess server, String... words) throws IOException {
    AdminAnswer answer = server.ask(words);
    assertTrue(answer.isDone(), answer.raw());
  }

  @Override
  public String toString() {
    return what;
  }
}
