package chat.client;

import chat.protocol.Command.Direction;
import chat.protocol.Event;
import chat.protocol.Limits;
import chat.protocol.Person;
import chat.protocol.Reply;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/**
 * One account on one server.
 *
 * <p><b>Threads.</b> Every method may be called from any thread and returns at once; answers come
 * as futures, everything else through the {@link ClientListener}. Futures fail with {@link
 * RefusedException} if the server says no and with {@link IOException} if the connection is lost
 * before the answer.
 */
public final class ChatClient implements AutoCloseable {

  private ChatClient() {}

  /** Opens the profile; does not connect yet. */
  public static ChatClient open(ClientConfig config, ClientListener listener) throws IOException {
    throw new UnsupportedOperationException();
  }

  /** Connects, and again whenever the connection is lost, until {@link #close}. */
  public void start() {
    throw new UnsupportedOperationException();
  }

  /** Tries again now instead of at the time {@link Link.Lost} tells. */
  public void retryNow() {
    throw new UnsupportedOperationException();
  }

  /** Pins this key for the server and goes on, after {@link Link.Untrusted} or KeyChanged. */
  public void trust(String fingerprint) {
    throw new UnsupportedOperationException();
  }

  /** The name of the account whose token is kept: it is logged in by itself. */
  public Optional<String> rememberedName() {
    throw new UnsupportedOperationException();
  }

  /** What the server takes, as far as it is known. */
  public Limits limits() {
    throw new UnsupportedOperationException();
  }

  /**
   * Makes an account and logs in; Entered follows.
   *
   * @param invitation empty where registration is open
   */
  public CompletableFuture<Person> register(String name, String password, String invitation) {
    throw new UnsupportedOperationException();
  }

  /** Logs in; Entered follows. */
  public CompletableFuture<Person> logIn(String name, String password) {
    throw new UnsupportedOperationException();
  }

  /** Ends the session and forgets token, cursors and outbox. */
  public CompletableFuture<Void> logOut() {
    throw new UnsupportedOperationException();
  }

  /**
   * Puts a text into the outbox, on disk on return; it is sent as soon as that is possible, after
   * those before it.
   *
   * @return the id under which {@link ClientEvent.Pending} and Added tell of it
   */
  public UUID send(long room, String text) {
    throw new UnsupportedOperationException();
  }

  /** Takes a text back that is refused or was not sent yet. */
  public void discard(UUID id) {
    throw new UnsupportedOperationException();
  }

  /** Reads a part of a room. */
  public CompletableFuture<Reply.Page> history(
      long room, Direction direction, long number, int limit) {
    throw new UnsupportedOperationException();
  }

  /** Reads the newest files before a number; 0 for the newest of all. */
  public CompletableFuture<Reply.Page> files(long room, long before, int limit) {
    throw new UnsupportedOperationException();
  }

  /** Reads the people of a room whose names come after {@code after}. */
  public CompletableFuture<Reply.PeoplePage> people(long room, String after, int limit) {
    throw new UnsupportedOperationException();
  }

  /** Starts to send a file; it goes on by itself after a reconnect. */
  public UUID upload(long room, Path file) {
    throw new UnsupportedOperationException();
  }

  /**
   * Starts to fetch a file into {@code target}. It is written beside it under a name that ends in
   * {@code .part} and renamed once its hash was checked; a part that is there already is gone on
   * with.
   *
   * @param entry with a {@link chat.protocol.Content.File}
   */
  public UUID download(Event.Entry entry, Path target) {
    throw new UnsupportedOperationException();
  }

  /** Stops a transfer. */
  public void cancel(UUID transfer) {
    throw new UnsupportedOperationException();
  }

  /** Disconnects and lets go of everything; the outbox stays on disk. */
  @Override
  public void close() {
    throw new UnsupportedOperationException();
  }
}
