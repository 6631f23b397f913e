// SPDX-License-Identifier: Apache-2.0
package chat.desktop.model.app;

import chat.client.ClientConfig;
import chat.client.ClientEvent;
import chat.client.ClientListener;
import chat.client.RefusedException;
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

/**
 * What the desktop needs of a {@link chat.client.ChatClient}, so that its windows can be tried
 * without a server. The methods mean what they mean there.
 *
 * <p>Some of them write to the profile or read from it before they return, so they are not for the
 * thread of the windows: {@link ChatModel} hands them to its worker. Those are {@link #trust},
 * {@link #rememberedName}, {@link #logOut}, {@link #send}, {@link #discard} and {@link #close}.
 * {@link #exportRoom} and {@link #exportAccount} block for as long as they write: they want a
 * thread of their own, which can be interrupted to end them.
 */
public interface ChatService extends AutoCloseable {

  /** Opens a service for a profile. */
  @FunctionalInterface
  interface Factory {
    ChatService open(ClientConfig config, ClientListener listener) throws IOException;
  }

  void start();

  void retryNow();

  void trust(String fingerprint);

  Optional<String> rememberedName();

  Limits limits();

  /** The fingerprint that the server must show; empty where a certificate speaks for it. */
  String fingerprint();

  CompletableFuture<Person> register(String name, String password, String invitation);

  CompletableFuture<Person> logIn(String name, String password);

  CompletableFuture<Void> logOut();

  UUID send(long room, String text, long reply, boolean important);

  CompletableFuture<Reply.Posted> change(Command.Append command);

  CompletableFuture<Reply.Done> set(Command.Update command);

  CompletableFuture<Reply.Found> search(String words, List<Position> from, int limit);

  CompletableFuture<Reply.RoomsPage> rooms(String words, String after, int limit);

  CompletableFuture<Reply.PeoplePage> people(long room, String after, int limit);

  CompletableFuture<Profile> who(String name);

  CompletableFuture<Profile> who(long account);

  CompletableFuture<Void> setPicture(long room, byte[] picture);

  CompletableFuture<byte[]> pictureOf(long account);

  CompletableFuture<byte[]> pictureOfRoom(long room);

  CompletableFuture<String> invite(int uses, int days);

  void discard(UUID id);

  CompletableFuture<Reply.Page> history(long room, Direction direction, long number, int limit);

  CompletableFuture<Reply.Page> files(long room, long before, int limit);

  UUID upload(long room, Path file);

  UUID download(Event.Entry entry, Path target);

  void cancel(UUID transfer);

  Export.Written exportRoom(RoomView room, Export.Order order, Export.Progress progress)
      throws IOException, RefusedException, InterruptedException;

  Export.Written exportAccount(
      ClientEvent.Entered self, Export.Order order, Export.Progress progress)
      throws IOException, RefusedException, InterruptedException;

  @Override
  void close();
}
