// SPDX-License-Identifier: Apache-2.0
package chat.client;

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
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/**
 * One account on one server.
 *
 * <p><b>Threads.</b> Every method may be called from any thread; but for {@link #fetch} they return
 * at once. Some write to the profile or read from it before that, so they are not for a thread that
 * draws windows: {@link #trust}, {@link #rememberedName}, {@link #logOut}, {@link #send}, {@link
 * #discard} and {@link #close}. Answers come as futures, everything else through the {@link
 * ClientListener}. Futures fail with {@link RefusedException} if the server says no and with {@link
 * IOException} if the connection is lost before the answer. What is chained to them runs on the
 * thread that reads from the connection and should return soon; the listener must not wait for
 * them.
 *
 * <p><b>Once.</b> One client gives each entry to its listener at most once, in the order of its
 * room, over any number of reconnects. Over a restart of the process: a client that asks for
 * messages on entering ({@link ClientConfig#messages}) begins anew with the newest ones; one that
 * asks for none, a bot for example, goes on where its listener was, and hears what the listener had
 * in the last second before a crash once more.
 */
public interface ChatClient extends AutoCloseable {

  /** Opens the client of a profile. */
  @FunctionalInterface
  interface Factory {
    ChatClient open(ClientConfig config, ClientListener listener) throws IOException;
  }

  /** How long a client goes on asking for what it asks again by itself. */
  Duration PATIENCE = Duration.ofSeconds(60);

  /** Connects, and again whenever the connection is lost, until {@link #close}. */
  void start();

  /** Tries again now, after {@link Link.Lost} or KeyChanged, instead of after a while. */
  void retryNow();

  /**
   * Pins this key for the server and goes on, after {@link Link.Untrusted} or KeyChanged.
   *
   * @throws IllegalArgumentException if this is no fingerprint
   */
  void trust(String fingerprint);

  /** The fingerprint that the server must show; empty where a certificate speaks for it. */
  String fingerprint();

  /** The name of the account whose token is kept: it is logged in by itself. */
  Optional<String> rememberedName();

  /** What the server takes, as far as it is known. */
  Limits limits();

  /**
   * Makes an account and logs in; Entered follows.
   *
   * @param invitation empty where registration is open
   */
  CompletableFuture<Person> register(String name, String password, String invitation);

  /** Logs in to an account without a second factor; Entered follows. */
  default CompletableFuture<Person> logIn(String name, String password) {
    return logIn(name, password, "");
  }

  /**
   * Logs in; Entered follows.
   *
   * @param code of the second factor; empty to hear by {@link chat.protocol.Problem#CODE_REQUIRED}
   *     that one is needed
   */
  CompletableFuture<Person> logIn(String name, String password, String code);

  /** Sets the password of an account without a second factor, and logs in; Entered follows. */
  default CompletableFuture<Person> resetPassword(String code, String password) {
    return resetPassword(code, password, "");
  }

  /**
   * Sets a new password with a code from the operator, and logs in; Entered follows.
   *
   * @param code of a {@link chat.protocol.PasswordReset}
   * @param secondFactor as for {@link #logIn}
   */
  CompletableFuture<Person> resetPassword(String code, String password, String secondFactor);

  /**
   * Ends the session and forgets token, cursors and outbox. Without a connection all is forgotten
   * here, and the future fails to tell that the server could not be told.
   */
  CompletableFuture<Void> logOut();

  /**
   * Puts a text into the outbox, on disk on return; it is sent as soon as that is possible, after
   * those before it.
   *
   * @return the id under which {@link ClientEvent.Pending} and Added tell of it
   * @throws IllegalStateException if 10,000 texts wait already
   * @throws java.io.UncheckedIOException if it can't be written to the disk
   */
  default UUID send(long room, String text) {
    return send(room, text, 0, false);
  }

  /**
   * The same for an answer to an entry, or for something that must not be overlooked.
   *
   * @param reply the number of the entry that is answered; 0 for none
   */
  UUID send(long room, String text, long reply, boolean important);

  /**
   * Asks for something that happens in a room, again and again until there is an answer; it happens
   * once. Not for texts: those go through {@link #send}.
   */
  CompletableFuture<Reply.Posted> change(Command.Append command);

  /**
   * Sets something to what the command says, and asks again if the connection is lost. How much
   * this device is here holds for the next connections too, whether this one is told or not.
   */
  CompletableFuture<Reply.Done> set(Command.Update command);

  /** Shows a room anew from its newest entries; {@link ClientEvent.Opened} tells of it. */
  CompletableFuture<RoomView> open(long room, int messages, int files);

  /** Finds entries; goes on from what the last answer said, or from the newest. */
  CompletableFuture<Reply.Found> search(String words, List<Position> from, int limit);

  /** Lists public rooms whose names come after {@code after} and hold these words. */
  CompletableFuture<Reply.RoomsPage> rooms(String words, String after, int limit);

  /** What somebody says of themselves, found by name. */
  CompletableFuture<Profile> who(String name);

  /** What somebody says of themselves. */
  CompletableFuture<Profile> who(long account);

  /**
   * Makes an invitation to this server.
   *
   * @return its code, from which {@link chat.protocol.Invitation} makes a link
   */
  CompletableFuture<String> invite(int uses, int days);

  /** What one does to the own account. */
  OwnAccount account();

  /** What owners of the server do for its people. */
  Administration administration();

  /**
   * Replaces the own picture, or that of a room; none takes the last one away.
   *
   * @param room 0 for the own picture
   * @param picture PNG, JPEG or WebP, at most {@link Limits#PICTURE} bytes
   */
  CompletableFuture<Void> setPicture(long room, byte[] picture);

  /** Somebody's picture. */
  CompletableFuture<byte[]> pictureOf(long account);

  /** A room's picture. */
  CompletableFuture<byte[]> pictureOfRoom(long room);

  /** Takes a text back that is refused or was not sent yet; one that is on its way stays on it. */
  void discard(UUID id);

  /** Reads a part of a room. */
  CompletableFuture<Reply.Page> history(long room, Direction direction, long number, int limit);

  /** Reads what comes after a number, and asks again if the connection is lost. */
  CompletableFuture<Reply.Page> pageAfter(long room, long number, int limit);

  /** Reads the newest files before a number; 0 for the newest of all. */
  CompletableFuture<Reply.Page> files(long room, long before, int limit);

  /** Reads the people of a room whose names come after {@code after}. */
  CompletableFuture<Reply.PeoplePage> people(long room, String after, int limit);

  /** Starts to send a file; it goes on by itself after a reconnect. */
  UUID upload(long room, Path file);

  /**
   * Starts to fetch a file into {@code target}. It is written beside it under a name that ends in
   * {@code .part} and renamed once its hash was checked; a part that is there already is gone on
   * with. A target that exists is never overwritten.
   *
   * @param entry with a {@link chat.protocol.Content.File}
   */
  UUID download(Event.Entry entry, Path target);

  /**
   * Fetches a file as {@link #download} does, and returns how it ended. Blocks the thread that
   * calls; interrupting it stops the transfer.
   */
  ClientEvent.Transfer.State fetch(Event.Entry entry, Path target) throws InterruptedException;

  /** Stops a transfer; of a download the part stays. */
  void cancel(UUID transfer);

  /** Disconnects and lets go of everything; the outbox stays on disk. */
  @Override
  void close();
}
