// SPDX-License-Identifier: Apache-2.0
package chat.desktop.model.room;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.protocol.Content;
import chat.protocol.Event;
import chat.protocol.ModerationAction;
import chat.protocol.Person;
import chat.protocol.Reply;
import chat.protocol.RoomSettings;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What later entries do to the rows of earlier ones, in whatever order they come. */
class TranscriptTest {
  private static final Person ME = new Person(1, "Robin");
  private static final Person ANNA = new Person(2, "Anna");
  private static final Person MING = new Person(3, "小明");

  private final Transcript transcript = new Transcript(() -> 1);

  private static Event.Entry entry(long number, Person author, Content content) {
    return new Event.Entry(1, number, new UUID(0, number), author, number * 1000, content);
  }

  private static Event.Entry text(long number, Person author, String text) {
    return entry(number, author, new Content.Text(text));
  }

  private static Event.Entry reply(long number, Person author, String text, long to) {
    return entry(number, author, new Content.Text(text, to, false, List.of(), ""));
  }

  private static Event.Entry edited(long number, Person author, long about, String text) {
    return entry(number, author, new Content.Edited(about, text, List.of()));
  }

  private static Event.Entry reacted(
      long number, Person who, long about, String emoji, boolean on) {
    return entry(number, who, new Content.Reacted(about, emoji, on));
  }

  private Row.Said said(long number) {
    return (Row.Said) transcript.rows().get(transcript.indexOf(number));
  }

  private static Reply.Page page(List<Event.Entry> entries, Event.Entry... about) {
    return new Reply.Page(1, 1, 100, entries, List.of(about));
  }

  @Test
  void anEditChangesTheWordsAndSaysSo() {
    transcript.add(text(1, ANNA, "helo"));
    assertNull(said(1).state().edit());
    transcript.add(edited(2, ANNA, 1, "hello"));
    transcript.add(edited(3, ANNA, 1, "hello!"));
    assertEquals("hello!", said(1).text());
    assertEquals(1, transcript.rows().size());
  }

  @Test
  void anOlderEditThatComesLaterChangesNothing() {
    transcript.restart(1, 9, List.of(text(5, ANNA, "a")), List.of(edited(9, ANNA, 5, "newest")));
    transcript.hear(edited(7, ANNA, 5, "older"));
    assertEquals("newest", said(5).text());
  }

  @Test
  void aDeletionLeavesAQuietRow() {
    transcript.add(text(1, ANNA, "oops"));
    transcript.add(entry(2, ANNA, new Content.Deleted(1)));
    transcript.add(edited(3, ANNA, 1, "back again"));
    assertInstanceOf(Row.Deleted.class, transcript.rows().getFirst());
    transcript.add(entry(4, ANNA, new Content.Erased(0)));
    assertInstanceOf(Row.Deleted.class, transcript.rows().getLast());
    transcript.add(entry(5, ANNA, new Content.Erased(1)));
    assertEquals(2, transcript.rows().size());
  }

  @Test
  void reactionsAreCountedByWhoPutThem() {
    transcript.add(text(1, ANNA, "cake?"));
    transcript.add(reacted(2, MING, 1, "👍", true));
    transcript.add(reacted(3, ME, 1, "👍", true));
    transcript.add(reacted(4, MING, 1, "🎂", true));
    transcript.add(reacted(5, MING, 1, "👍", false));
    transcript.add(reacted(6, MING, 1, "🎂", false));
    List<MessageState.Reaction> reactions = said(1).state().reactions();
    assertEquals(List.of(new MessageState.Reaction("👍", List.of(ME))), reactions);
    assertTrue(reactions.getFirst().by(1));
    assertFalse(reactions.getFirst().by(3));
  }

  @Test
  void aPinIsAsTheLastOneSaid() {
    transcript.add(text(1, ANNA, "rules"));
    transcript.add(entry(2, ANNA, new Content.Pinned(1, true)));
    assertTrue(said(1).state().pinned());
    transcript.add(entry(3, ANNA, new Content.Pinned(1, false)));
    assertFalse(said(1).state().pinned());
  }

  @Test
  void whatIsKnownBeforeItsMessageCountsWhenHistoryBringsIt() {
    transcript.restart(1, 9, List.of(text(9, ME, "now")), List.of());
    transcript.add(reacted(10, MING, 3, "👍", true));
    transcript.add(edited(11, ANNA, 3, "old, but better"));
    transcript.prepend(
        page(List.of(text(3, ANNA, "old"), text(4, ANNA, "x")), edited(6, ANNA, 3, "in between")));
    assertEquals("old, but better", said(3).text());
    assertEquals(1, said(3).state().reactions().size());
    assertEquals(List.of(3L, 4L, 9L), transcript.rows().stream().map(Row::number).toList());
  }

  @Test
  void anAnswerQuotesWhatIsLoadedAndFollowsIt() {
    transcript.restart(1, 9, List.of(reply(9, ME, "yes", 3)), List.of());
    assertNull(said(9).quote().author());
    transcript.prepend(page(List.of(text(3, ANNA, "coming?"))));
    assertEquals(new Row.Quote(3, ANNA, "coming?"), said(9).quote());
    transcript.add(edited(10, ANNA, 3, "coming tonight?"));
    assertEquals("coming tonight?", said(9).quote().text());
    transcript.add(entry(11, ANNA, new Content.Deleted(3)));
    assertEquals("", said(9).quote().text());
  }

  @Test
  void aPieceOfThePastGrowsAtBothEndsAndHearsWhatIsSaidAboutIt() {
    transcript.begin(
        page(List.of(text(40, ANNA, "a"), text(41, ANNA, "b"))),
        page(List.of(text(42, MING, "hit")), reacted(60, ME, 42, "👍", true)));
    assertTrue(transcript.hasOlder() && transcript.hasNewer());
    transcript.hear(edited(101, MING, 42, "the hit"));
    assertEquals("the hit", said(42).text());
    assertEquals(1, said(42).state().reactions().size());
    transcript.append(page(List.of(text(42, MING, "hit"), text(43, ANNA, "c"))));
    transcript.prepend(page(List.of(text(39, ANNA, "z"))));
    assertEquals(
        List.of(39L, 40L, 41L, 42L, 43L), transcript.rows().stream().map(Row::number).toList());
    transcript.append(page(List.of()));
    assertFalse(transcript.hasNewer());
  }

  @Test
  void whatIsDoneToTheRoomHasALine() {
    transcript.add(entry(1, ANNA, new Content.RoomSet(RoomSettings.of("Lab", "tests"))));
    transcript.add(entry(2, ANNA, new Content.Done(MING, ModerationAction.INVITE, 0)));
    transcript.add(entry(3, MING, new Content.Gone()));
    assertInstanceOf(Row.Managed.class, transcript.rows().get(0));
    assertInstanceOf(Row.Managed.class, transcript.rows().get(1));
    assertEquals(Row.Notice.Kind.GONE, ((Row.Notice) transcript.rows().get(2)).kind());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void theOrderOfArrivalDoesNotMatter(int seed) {
    List<Event.Entry> about = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      long number = 20L + i;
      about.add(
          switch (i % 4) {
            case 0 -> edited(number, ANNA, 1 + i % 3, "v" + i);
            case 1 -> reacted(number, i % 8 < 4 ? MING : ME, 1 + i % 3, "👍", i % 3 > 0);
            case 2 -> reacted(number, ANNA, 1 + i % 3, i % 8 < 4 ? "🎉" : "🚀", i % 5 > 0);
            default -> entry(number, ANNA, new Content.Pinned(1 + i % 3, i % 2 == 0));
          });
    }
    List<Event.Entry> all = List.of(text(1, ANNA, "a"), text(2, ANNA, "b"), reply(3, ANNA, "c", 1));
    Transcript inOrder = new Transcript(() -> 1);
    all.forEach(inOrder::add);
    about.forEach(inOrder::add);
    Collections.shuffle(about, new Random(seed));
    transcript.restart(1, 60, all.subList(2, 3), about.subList(0, 10));
    about.subList(5, 30).forEach(transcript::hear);
    transcript.prepend(page(all.subList(0, 2), about.subList(25, 40).toArray(Event.Entry[]::new)));
    assertEquals(inOrder.rows(), transcript.rows());
  }

  private void say(long from, long to) {
    for (long number = from; number <= to; number++) {
      transcript.add(text(number, ANNA, "message " + number));
    }
  }

  @Test
  void aLongTalkKeepsItsNewestRowsOnly() {
    say(1, 10_000);
    assertTrue(transcript.rows().size() < 2_000, transcript.rows().size() + " rows");
    assertEquals(10_000, transcript.rows().getLast().number());
    assertEquals(transcript.lowest(), transcript.rows().getFirst().number());
    assertTrue(transcript.hasOlder());
    assertEquals(-1, transcript.indexOf(1));
  }

  @Test
  void whatWasGivenUpComesBackAsAPage() {
    say(1, 3_000);
    long lowest = transcript.lowest();
    List<Event.Entry> page = new ArrayList<>();
    for (long number = lowest - 50; number < lowest; number++) {
      page.add(text(number, ANNA, "message " + number));
    }
    transcript.prepend(page(page, reacted(3_001, MING, lowest - 1, "👍", true)));
    for (long number = lowest - 50; number <= 3_000; number++) {
      assertEquals("message " + number, said(number).text());
    }
    assertEquals(1, said(lowest - 1).state().reactions().size());
  }

  @Test
  void whoIsReadingAboveKeepsTheRowsAndGivesThemUpAfterwards() {
    boolean[] reading = {true};
    transcript.listen(
        new TranscriptListener() {
          @Override
          public void reset() {}

          @Override
          public void inserted(int index, int count) {}

          @Override
          public void removed(int index, int count) {}

          @Override
          public void changed(int index) {}

          @Override
          public boolean spares(int count) {
            return !reading[0];
          }
        });
    say(1, 3_000);
    assertEquals(3_000, transcript.rows().size());
    reading[0] = false;
    transcript.trim();
    assertTrue(transcript.rows().size() < 2_000);
  }

  @Test
  void anAnswerStillQuotesWhatWasGivenUp() {
    say(1, 1_400);
    transcript.add(reply(1_401, MING, "indeed", 3));
    say(1_402, 2_300);
    assertEquals(-1, transcript.indexOf(3));
    transcript.add(edited(2_301, MING, 1_401, "indeed!"));
    assertEquals("message 3", said(1_401).quote().text());
  }

  @Test
  void aPinnedMessageIsStillKnownByItsWords() {
    transcript.restart(1, 1, List.of(), List.of());
    transcript.hear(text(1, ANNA, "rules"));
    say(2, 3_000);
    assertEquals("rules", transcript.known().quote(1).text());
  }

  @Test
  void nothingIsShownTwiceAfterALongQuietTime() {
    say(1, 5);
    for (long number = 6; number <= 4_000; number++) {
      Content moved = number % 2 == 0 ? new Content.Joined() : new Content.Left();
      transcript.add(entry(number, MING, moved));
    }
    assertTrue(transcript.rows().size() < 2_000, transcript.rows().size() + " rows");
    long lowest = transcript.lowest();
    transcript.prepend(
        page(
            List.of(
                entry(lowest - 1, MING, new Content.RoomSet(RoomSettings.of("a", ""))),
                entry(lowest, MING, new Content.Joined()))));
    assertEquals(
        transcript.rows().stream().map(Row::place).distinct().count(), transcript.rows().size());
    assertEquals(lowest - 1, transcript.rows().getFirst().place());
  }

  private List<String> people() {
    return transcript.rows().stream()
        .map(row ->
            row instanceof Row.Notice notice
                ? notice.kind() + " " + notice.people().size()
                : "message " + row.number())
        .toList();
  }

  @Test
  void aRunOfTheSameIsOneLineHoweverItComes() {
    transcript.restart(
        4,
        6,
        List.of(
            entry(4, ANNA, new Content.Joined()),
            entry(5, MING, new Content.Joined()),
            entry(6, MING, new Content.Left())),
        List.of());
    transcript.add(entry(7, ANNA, new Content.Left()));
    assertEquals(List.of("JOINED 2", "LEFT 2"), people());
    say(8, 9);
    transcript.add(entry(10, MING, new Content.Joined()));
    assertEquals(List.of("JOINED 2", "LEFT 2", "message 8", "message 9", "JOINED 1"), people());
    transcript.prepend(
        page(List.of(text(2, ANNA, "x"), entry(3, new Person(9, "Zoë"), new Content.Joined()))));
    assertEquals(
        List.of("message 2", "JOINED 3", "LEFT 2", "message 8", "message 9", "JOINED 1"), people());
    Row.Notice run = (Row.Notice) transcript.rows().get(1);
    assertEquals("Zoë", run.people().getFirst().name());
    assertEquals(3, run.place());
    assertEquals(1, transcript.indexOf(2) + 1);
    assertEquals(4, transcript.indexOf(9));
    transcript.turn(run);
    assertTrue(((Row.Notice) transcript.rows().get(1)).open());
  }
}
