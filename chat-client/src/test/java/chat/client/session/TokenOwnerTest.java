// SPDX-License-Identifier: Apache-2.0
package chat.client.session;

import static org.junit.jupiter.api.Assertions.assertEquals;

import chat.client.ChatClient;
import chat.client.ClientConfig;
import chat.client.ClientEvent;
import chat.client.Clients;
import chat.client.FakeServer;
import chat.client.Link;
import chat.client.Recorder;
import chat.client.TestKey;
import chat.client.profile.Profile;
import chat.protocol.Command;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A token is for the server that gave it, whatever a link or an option says. */
@Timeout(60)
class TokenOwnerTest {
  @TempDir Path folder;

  private final Recorder recorder = new Recorder();

  /** Somebody has logged in to a server, and the profile keeps the token. */
  private void enter(FakeServer server) {
    Clients.enter(server, folder, new Recorder()).close();
  }

  private ChatClient open(FakeServer server) {
    return Clients.open(server, folder, recorder);
  }

  /** Nobody is logged in by itself; logging in shows no token of the other server. */
  private void getsNoToken(FakeServer other, ChatClient client) {
    assertEquals(Optional.empty(), client.rememberedName());
    client.start();
    recorder.link(Link.Connected.class);
    other.account("alice", Clients.PASSWORD);
    Clients.get(client.logIn("alice", Clients.PASSWORD));
    recorder.await(ClientEvent.Entered.class);
    assertEquals(List.of(), other.commands(Command.Resume.class));
    assertEquals(
        List.of(0),
        other.commands(Command.LogIn.class).stream().map(c -> c.earlierToken().length).toList());
  }

  @Test
  void anotherServerGetsNone() {
    try (FakeServer server = FakeServer.start();
        FakeServer other = FakeServer.start(TestKey.OTHER, 0)) {
      enter(server);
      try (ChatClient client = open(other)) {
        getsNoToken(other, client);
      }
      recorder.clear();
      try (ChatClient client = open(server)) {
        assertEquals(Optional.empty(), client.rememberedName(), "it has the other one's by now");
        client.start();
        recorder.link(Link.Connected.class);
      }
      assertEquals(List.of(), server.commands(Command.Resume.class));
    }
  }

  @Test
  void anotherPortWithTheSameKeyGetsNone() {
    try (FakeServer server = FakeServer.start();
        FakeServer other = FakeServer.start()) {
      enter(server);
      try (ChatClient client = open(other)) {
        getsNoToken(other, client);
      }
    }
  }

  @Test
  void anotherNameOfTheHostGetsNone() {
    try (FakeServer server = FakeServer.start()) {
      enter(server);
      ClientConfig config =
          new ClientConfig(
              folder, "127.0.0.1", server.port(), server.fingerprint(), "test", "en", 5, 0);
      try (ChatClient client = Clients.open(config, recorder, Clients.SOON)) {
        assertEquals(Optional.empty(), client.rememberedName());
        client.start();
        recorder.link(Link.Connected.class);
      }
      assertEquals(List.of(), server.commands(Command.Resume.class));
    }
  }

  @Test
  void anotherKeyAtTheSameAddressGetsNoneAlsoWhenItIsTrusted() {
    int port;
    try (FakeServer server = FakeServer.start()) {
      port = server.port();
      enter(server);
    }
    try (FakeServer other = FakeServer.start(TestKey.OTHER, port)) {
      ClientConfig config = new ClientConfig(folder, "localhost", port, "", "test", "en", 5, 0);
      try (ChatClient client = Clients.open(config, recorder, Clients.SOON)) {
        client.start();
        recorder.link(Link.KeyChanged.class);
        client.trust(other.fingerprint());
        getsNoToken(other, client);
      }
    }
  }

  @Test
  void whatWasWrittenForOneServerIsNotSentToAnother() throws IOException {
    try (FakeServer server = FakeServer.start();
        FakeServer other = FakeServer.start(TestKey.OTHER, 0)) {
      enter(server);
      server.leave();
      try (ChatClient client = open(server)) {
        client.send(1, "between us");
      }
      try (ChatClient client = open(other)) {
        getsNoToken(other, client);
        client.send(1, "to the other");
        Recorder.until("sent", () -> other.texts().contains("to the other"));
      }
      assertEquals(List.of("to the other"), other.texts());
    }
  }

  @Test
  void aProfileOfAnEarlierVersionBelongsToTheServerWhoseKeyItHas() throws IOException {
    try (FakeServer server = FakeServer.start();
        FakeServer other = FakeServer.start(TestKey.OTHER, 0)) {
      enter(server);
      forgetServer();
      try (ChatClient client = open(other)) {
        assertEquals(Optional.empty(), client.rememberedName());
        client.start();
        recorder.link(Link.Connected.class);
      }
      assertEquals(List.of(), other.commands(Command.Resume.class));
      recorder.clear();
      try (Profile profile = Profile.open(folder)) {
        profile.set(Profile.PINNED, server.fingerprint(), Profile.GIVEN, server.fingerprint());
      }
      forgetServer();
      try (ChatClient client = open(server)) {
        assertEquals(Optional.of("alice"), client.rememberedName());
        client.start();
        recorder.await(ClientEvent.Entered.class);
      }
      assertEquals(1, server.commands(Command.Resume.class).size());
    }
  }

  private void forgetServer() throws IOException {
    try (Profile profile = Profile.open(folder)) {
      profile.set("server", "");
    }
  }
}
