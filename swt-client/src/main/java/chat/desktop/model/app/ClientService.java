// SPDX-License-Identifier: Apache-2.0
package chat.desktop.model.app;

import chat.client.ChatClient;
import chat.client.ClientConfig;
import chat.client.ClientEvent;
import chat.client.ClientListener;
import chat.client.RefusedException;
import chat.client.session.NetworkChatClient;
import chat.export.Export;
import chat.protocol.Command;
import chat.protocol.Command.Direction;
import chat.protocol.Event;
import chat.protocol.Limits;
import chat.protocol.Person;
import chat.protocol.Position;
import chat.protocol.Profile;
import chat.protocol.Reply;
import chat.protocol.RoomView;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/** The service of a real server. */
public record ClientService(ChatClient client) implements ChatService {

  /** Opens the profile's client. */
  public static ChatService open(ClientConfig config, ClientListener listener) throws IOException {
    return new ClientService(NetworkChatClient.open(config, listener));
  }

  @Override
  public void start() {
    client.start();
  }

  @Override
  public void retryNow() {
    client.retryNow();
  }

  @Override
  public void trust(String fingerprint) {
    client.trust(fingerprint);
  }

  @Override
  public Optional<String> rememberedName() {
    return client.rememberedName();
  }

  @Override
  public Limits limits() {
    return client.limits();
  }

  @Override
  public String fingerprint() {
    return client.fingerprint();
  }

  @Override
  public CompletableFuture<Person> register(String name, String password, String invitation) {
    return client.register(name, password, invitation);
  }

  @Override
  public CompletableFuture<Person> logIn(String name, String password) {
    return client.logIn(name, password);
  }

  @Override
  public CompletableFuture<Void> logOut() {
    return client.logOut();
  }

  @Override
  public UUID send(long room, String text, long reply, boolean important) {
    return client.send(room, text, reply, important);
  }

  @Override
  public CompletableFuture<Reply.Posted> change(Command.Append command) {
    return client.change(command);
  }

  @Override
  public CompletableFuture<Reply.Done> set(Command.Update command) {
    return client.set(command);
  }

  @Override
  public CompletableFuture<Reply.Found> search(String words, List<Position> from, int limit) {
    return client.search(words, from, limit);
  }

  @Override
  public CompletableFuture<Reply.RoomsPage> rooms(String words, String after, int limit) {
    return client.rooms(words, after, limit);
  }

  @Override
  public CompletableFuture<Reply.PeoplePage> people(long room, String after, int limit) {
    return client.people(room, after, limit);
  }

  @Override
  public CompletableFuture<Profile> who(String name) {
    return client.who(name);
  }

  @Override
  public CompletableFuture<Profile> who(long account) {
    return client.who(account);
  }

  @Override
  public CompletableFuture<Void> setPicture(long room, byte[] picture) {
    return client.setPicture(room, picture);
  }

  @Override
  public CompletableFuture<byte[]> pictureOf(long account) {
    return client.pictureOf(account);
  }

  @Override
  public void discard(UUID id) {
    client.discard(id);
  }

  @Override
  public CompletableFuture<Reply.Page> history(
      long room, Direction direction, long number, int limit) {
    return client.history(room, direction, number, limit);
  }

  @Override
  public CompletableFuture<Reply.Page> files(long room, long before, int limit) {
    return client.files(room, before, limit);
  }

  @Override
  public UUID upload(long room, Path file) {
    return client.upload(room, file);
  }

  @Override
  public UUID download(Event.Entry entry, Path target) {
    return client.download(entry, target);
  }

  @Override
  public void cancel(UUID transfer) {
    client.cancel(transfer);
  }

  @Override
  public CompletableFuture<byte[]> pictureOfRoom(long room) {
    return client.pictureOfRoom(room);
  }

  @Override
  public CompletableFuture<String> invite(int uses, int days) {
    return client.invite(uses, days);
  }

  @Override
  public Export.Written exportRoom(RoomView room, Export.Order order, Export.Progress progress)
      throws IOException, RefusedException, InterruptedException {
    return new Export(client, order, progress).room(room);
  }

  @Override
  public Export.Written exportAccount(
      ClientEvent.Entered self, Export.Order order, Export.Progress progress)
      throws IOException, RefusedException, InterruptedException {
    return new Export(client, order, progress).account(self);
  }

  @Override
  public void close() {
    client.close();
  }
}
