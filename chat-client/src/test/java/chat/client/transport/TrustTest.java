// SPDX-License-Identifier: Apache-2.0
package chat.client.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.client.ChatClient;
import chat.client.ClientConfig;
import chat.client.Clients;
import chat.client.FakeServer;
import chat.client.Link;
import chat.client.Recorder;
import chat.client.TestKey;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class TrustTest {
  private final Recorder recorder = new Recorder();
  @TempDir private Path folder;

  private ClientConfig config(FakeServer server, String host, String fingerprint) {
    return new ClientConfig(folder, host, server.port(), fingerprint, "test", "en", 5, 5);
  }

  private ChatClient start(FakeServer server, String host, String fingerprint) {
    ChatClient client = Clients.open(config(server, host, fingerprint), recorder, Clients.SOON);
    client.start();
    return client;
  }

  @Test
  void aPinnedKeyIsEnough() {
    try (FakeServer server = FakeServer.start();
        ChatClient client =
            start(server, "127.0.0.1", server.fingerprint().toUpperCase(Locale.ROOT))) {
      recorder.link(Link.Connected.class);
    }
  }

  @Test
  void anUnknownKeyIsAskedAboutBeforeAnythingIsSaid() {
    try (FakeServer server = FakeServer.start()) {
      try (ChatClient client = start(server, "localhost", "")) {
        assertEquals(new Link.Untrusted(server.fingerprint()), recorder.link(Link.Untrusted.class));
        assertTrue(server.commands().isEmpty());
        client.trust(server.fingerprint());
        recorder.link(Link.Connected.class);
      }
      recorder.clear();
      try (ChatClient again = start(server, "localhost", "")) {
        recorder.link(Link.Connected.class);
      }
    }
  }

  @Test
  void anotherKeyThanThePinnedOneIsRefusedUntilItIsTrusted() {
    int port;
    try (FakeServer server = FakeServer.start()) {
      port = server.port();
      try (ChatClient client = start(server, "localhost", server.fingerprint())) {
        recorder.link(Link.Connected.class);
      }
    }
    recorder.clear();
    try (FakeServer other = FakeServer.start(TestKey.OTHER, port)) {
      String known = TestKey.ONE.fingerprint();
      try (ChatClient client = start(other, "localhost", known)) {
        assertEquals(
            new Link.KeyChanged(known, other.fingerprint()), recorder.link(Link.KeyChanged.class));
        assertTrue(other.commands().isEmpty());
        client.trust(other.fingerprint());
        recorder.link(Link.Connected.class);
      }
      // What was trusted later counts more than what the configuration has said all along.
      recorder.clear();
      try (ChatClient again = start(other, "localhost", known)) {
        recorder.link(Link.Connected.class);
      }
    }
  }

  @Test
  void aWrongKeySeenOnceDoesNotKeepTheKnownServerAway() {
    int port;
    try (FakeServer server = FakeServer.start()) {
      port = server.port();
      try (ChatClient client = start(server, "localhost", server.fingerprint())) {
        recorder.link(Link.Connected.class);
      }
    }
    recorder.clear();
    FakeServer other = FakeServer.start(TestKey.OTHER, port);
    try (ChatClient client = start(other, "localhost", TestKey.ONE.fingerprint())) {
      recorder.link(Link.KeyChanged.class);
      assertTrue(other.commands().isEmpty());
      other.close();
      try (FakeServer back = FakeServer.start(TestKey.ONE, port)) {
        recorder.link(Link.Connected.class);
      }
    } finally {
      other.close();
    }
  }

  @Test
  void aWrongPinIsRefusedEvenForAKeyThatAuthoritiesVouchFor() {
    withTrustStore(() -> {
      try (FakeServer server = FakeServer.start();
          ChatClient client = start(server, "localhost", TestKey.OTHER.fingerprint())) {
        recorder.link(Link.KeyChanged.class);
        assertTrue(server.commands().isEmpty());
      }
    });
  }

  @Test
  void aKeyThatAuthoritiesVouchForIsGoodForItsHostOnly() {
    withTrustStore(() -> {
      try (FakeServer server = FakeServer.start()) {
        try (ChatClient client = start(server, "localhost", "")) {
          recorder.link(Link.Connected.class);
        }
        recorder.clear();
        try (ChatClient client = start(server, "127.0.0.1", "")) {
          recorder.link(Link.Untrusted.class);
        }
      }
    });
  }

  private static void withTrustStore(Runnable test) {
    System.setProperty("javax.net.ssl.trustStore", TestKey.ONE.store().toString());
    System.setProperty("javax.net.ssl.trustStorePassword", TestKey.PASSWORD);
    try {
      test.run();
    } finally {
      System.clearProperty("javax.net.ssl.trustStore");
      System.clearProperty("javax.net.ssl.trustStorePassword");
    }
  }

  @Test
  void whatIsNoFingerprintIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> Trust.normal("abc"));
    assertThrows(IllegalArgumentException.class, () -> Trust.normal("g".repeat(64)));
    assertEquals("ab".repeat(32), Trust.normal("AB:".repeat(31) + "AB"));
  }
}
