// SPDX-License-Identifier: Apache-2.0
package chat.desktop.api;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Rooms and messages of the account that is logged in. To be used in the thread of the windows,
 * where its futures complete too; from any other thread it throws {@link IllegalStateException}.
 * While nobody is logged in there are no rooms, and futures fail.
 *
 * <p>What needs a right says so: without it in {@code Chat-Rights} it throws {@link
 * SecurityException}.
 */
@ProviderType
public interface Chat {

  /** The rooms and private chats of the account. */
  List<ChatRoom> rooms();

  /** The room that is shown. */
  Optional<ChatRoom> current();

  /**
   * The messages of a room that are loaded, oldest first; at most about 1,500. Needs {@code
   * reads-messages}.
   */
  List<Message> messages(long room);

  /**
   * Sends a text. It is completed once the text is in the outbox, from where it is sent even after
   * a restart; fails for what no server would take. Needs {@code sends-messages}.
   */
  CompletableFuture<Void> send(long room, String text);

  /**
   * Puts an own reaction under a message, or takes it away if it is there. Needs {@code
   * sends-messages}.
   */
  CompletableFuture<Void> react(Message message, String emoji);

  /**
   * Fetches the file of a message, or finds it on this computer. A fetched one lies in a folder of
   * the client's own until the client ends. Fails above {@code limit} bytes. Needs {@code files}
   * and {@code reads-messages}.
   */
  CompletableFuture<Path> fetch(Message message, long limit);

  /** Offers a file to the room that is shown. Needs {@code files} and {@code sends-messages}. */
  void offer(Path path);
}
