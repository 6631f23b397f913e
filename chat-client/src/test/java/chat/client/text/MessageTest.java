// SPDX-License-Identifier: Apache-2.0
package chat.client.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.protocol.Content;
import chat.protocol.Event;
import chat.protocol.Person;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class MessageTest {
  private static final Person ALICE = new Person(1, "alice");
  private static final Person BOB = new Person(2, "bob");

  private static Event.Entry entry(long room, long number, Person author, Content content) {
    return new Event.Entry(room, number, UUID.randomUUID(), author, 1_000 * number, content);
  }

  private static Event.Entry entry(long number, Person author, Content content) {
    return entry(1, number, author, content);
  }

  @Test
  void whatWasSaidLaterIsFoldedInTheOrderOfNumbers() {
    Event.Entry text = entry(1, ALICE, new Content.Text("frist", 0, true, List.of(), "carol"));
    List<Event.Entry> about =
        List.of(
            entry(9, BOB, new Content.Reacted(1, "👍", false)),
            entry(4, ALICE, new Content.Edited(1, "first", List.of(2L))),
            entry(3, ALICE, new Content.Edited(1, "fisrt", List.of())),
            entry(5, BOB, new Content.Reacted(1, "👍", true)),
            entry(6, ALICE, new Content.Reacted(1, "👍", true)),
            entry(7, BOB, new Content.Pinned(1, true)),
            entry(2, 8, BOB, new Content.Deleted(1)));
    Message message = Message.fold(List.of(text), about).getFirst();
    assertEquals(new Content.Text("first", 0, true, List.of(2L), "carol"), message.content());
    assertEquals(4_000, message.edited());
    assertTrue(message.pinned());
    assertEquals(List.of(ALICE), message.reactions().get("👍"));
    assertEquals(
        "1970-01-01 00:00:01 alice: [important] [from carol] first [edited] [pinned] [👍 alice]",
        new MessageFormatter(ZoneId.of("UTC")).plain(message));
    assertTrue(
        Json.message(message)
            .endsWith(
                "\"important\":true,\"forwarded\":\"carol\",\"pinned\":true,"
                    + "\"edited\":\"1970-01-01T00:00:04Z\",\"reactions\":{\"👍\":[\"alice\"]}}"),
        Json.message(message));
  }

  @Test
  void whatIsAboutAnotherIsNoMessageAndWhatWasDeletedSaysNothing() {
    List<Event.Entry> entries =
        List.of(
            entry(1, ALICE, new Content.Text("gone")),
            entry(2, BOB, new Content.Reacted(1, "👍", true)),
            entry(3, ALICE, new Content.Deleted(1)),
            entry(4, BOB, new Content.Erased(1)),
            entry(5, BOB, new Content.Left()));
    List<Message> messages = Message.fold(entries, entries);
    assertEquals(
        List.of(new Content.Erased(0), new Content.Left()),
        messages.stream().map(Message::content).toList());
    assertTrue(messages.getFirst().reactions().isEmpty());
  }
}
