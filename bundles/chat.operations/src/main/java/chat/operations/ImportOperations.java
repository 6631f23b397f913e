// SPDX-License-Identifier: Apache-2.0
package chat.operations;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Imports what people had and said elsewhere, before they came here. The same again changes
 * nothing. Any thread may call it; calls wait for the disk. Lists are answered with an outcome for
 * each element, in their order.
 */
@ProviderType
public interface ImportOperations {
  /**
   * Somebody.
   *
   * @param name as it was there
   */
  record Person(String name, String password) {
    @Override
    public String toString() {
      return name;
    }
  }

  /** Two who are friends, by the names that they had there. */
  record Friendship(String one, String other) {}

  /**
   * A text.
   *
   * @param id the same for the same text, so that it comes once
   * @param author the name that its author had there
   * @param peer to whom alone it was said; empty for the Lobby
   */
  record Text(UUID id, String author, Optional<String> peer, Instant time, String text) {}

  /**
   * A file, to the Lobby.
   *
   * @param path where the server reads its content
   */
  record SharedFile(UUID id, String author, Instant time, String name, Path path) {}

  List<ImportOutcome> people(List<Person> people) throws OperationException;

  List<ImportOutcome> friendships(List<Friendship> friendships) throws OperationException;

  List<ImportOutcome> texts(List<Text> texts) throws OperationException;

  ImportOutcome file(SharedFile file) throws OperationException;

  /** Something that was imported. */
  record Message(UUID id, String author) {}

  /**
   * Where a message belongs.
   *
   * @param behind the one before it in its room; empty for the first
   */
  record Placement(Message message, Optional<Message> behind) {}

  /**
   * Puts messages right that stand before the one behind which they belong: such a one becomes the
   * newest of its room, with the time and content that it has, and is erased where it stood. In the
   * right order, one after the other; reactions to it are lost. What is right, or was deleted,
   * stays.
   */
  List<ImportOutcome> order(List<Placement> placements) throws OperationException;

  /** Marks everything as read for these people, by the names that they had there. */
  List<ImportOutcome> markRead(List<String> names) throws OperationException;
}
