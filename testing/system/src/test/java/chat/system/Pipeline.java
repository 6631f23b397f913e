// SPDX-License-Identifier: Apache-2.0
package chat.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.protocol.Command;
import chat.protocol.Event;
import chat.protocol.Reply;
import chat.prove.client.RawClient;
import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.BooleanSupplier;

/**
 * Posts without waiting for answers, and says again, under the same ids, what has no answer when
 * the server tells that it was restarted. Fails if a command is answered twice, or one id with two
 * numbers. One thread.
 */
final class Pipeline {
  private static final int WINDOW = 36;

  private final RawClient client;
  private final List<UUID> said = new ArrayList<>();
  private final Map<UUID, Command.Post> unanswered = new LinkedHashMap<>();
  private final Map<UUID, Long> numbers = new HashMap<>();

  /** Commands that have to be answered, by correlation. */
  private final Set<Integer> asked = new HashSet<>();

  /** Those from before a restart: they may be answered. */
  private final Set<Integer> forgotten = new HashSet<>();

  Pipeline(RawClient client) {
    this.client = client;
  }

  /** Posts as much as may be unanswered. */
  void fill() throws IOException {
    while (unanswered.size() < WINDOW) {
      post();
    }
  }

  /** Keeps the pipe full until something is over, and then hears every answer. */
  void runsUntil(BooleanSupplier over) throws IOException {
    while (!over.getAsBoolean() || !asked.isEmpty()) {
      if (!over.getAsBoolean()) {
        fill();
      }
      if (!asked.isEmpty()) {
        hear();
      }
    }
    assertEquals(Map.of(), unanswered);
  }

  private void post() throws IOException {
    UUID id = UUID.randomUUID();
    Command.Post post = new Command.Post(id, TestUser.LOBBY, "queued " + said.size());
    said.add(id);
    unanswered.put(id, post);
    asked.add(client.say(post));
  }

  private void hear() throws IOException {
    RawClient.Said next = client.hear();
    switch (next.message()) {
      case null -> throw new EOFException("the server hung up");
      case Event.Restarted restarted -> sayAgain();
      case Event other -> {}
      case Reply reply ->
          answered(
              next.correlation(),
              assertInstanceOf(Reply.Posted.class, reply, "the answer to a post"));
    }
  }

  private void sayAgain() throws IOException {
    forgotten.addAll(asked);
    asked.clear();
    for (Command.Post post : unanswered.values()) {
      asked.add(client.say(post));
    }
  }

  private void answered(int correlation, Reply.Posted posted) {
    assertTrue(
        asked.remove(correlation) || forgotten.remove(correlation), "answered twice: " + posted);
    Long before = numbers.put(posted.id(), posted.number());
    assertTrue(before == null || before == posted.number(), "two numbers: " + before + posted);
    unanswered.remove(posted.id());
  }

  /** In the order of saying. */
  List<UUID> said() {
    return said;
  }
}
