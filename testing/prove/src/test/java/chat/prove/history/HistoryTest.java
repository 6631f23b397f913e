// SPDX-License-Identifier: Apache-2.0
package chat.prove.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The checker finds what it is there to find, and nothing else. */
class HistoryTest {
  private final Violations violations = new Violations();
  private final History history = new History(violations);

  private static UUID id(long n) {
    return new UUID(n, n);
  }

  private void stored(long... ids) {
    for (int i = 0; i < ids.length; i++) {
      history.stored(i + 1, id(ids[i]));
    }
  }

  private History.Listener heard(String name, long after, long... numbers) {
    History.Listener listener = history.listener(name, after);
    for (long number : numbers) {
      listener.heard(number, id(number));
    }
    return listener;
  }

  private void acknowledged(long id, long number) {
    History.Author author = history.author("author of " + id);
    author.acknowledged(author.sent(), id(id), number);
  }

  private void assertFound(Map<Violation, Long> expected) {
    history.close();
    assertEquals(expected, violations.counts(), violations.examples().toString());
  }

  @Test
  void allIsWell() {
    acknowledged(2, 2);
    acknowledged(2, 2);
    stored(1, 2, 3);
    heard("bob", 1, 2, 3);
    heard("carol", 3);
    assertFound(Map.of());
    assertEquals(1, history.acknowledged());
    assertEquals(3, history.stored());
    assertEquals(2, history.delivered());
  }

  /** Two rooms: 1 and 2 are in the first, 3 to 5 in the second, of which one is missed. */
  @Test
  void eachRoomHasItsOwnNumbers() {
    history.storedAfter(History.place(0, 7));
    history.stored(History.place(0, 8), id(1));
    history.stored(History.place(0, 9), id(2));
    history.storedAfter(History.place(1, 0));
    for (long number = 1; number <= 3; number++) {
      history.stored(History.place(1, number), id(number + 2));
    }
    History.Listener bob = history.listener("bob", History.place(0, 7));
    bob.heard(History.place(0, 8), id(1));
    bob.heard(History.place(0, 9), id(2));
    History.Listener carol = history.listener("carol", History.place(1, 0));
    carol.heard(History.place(1, 1), id(3));
    carol.heard(History.place(1, 2), id(4));
    acknowledged(4, History.place(1, 2));
    acknowledged(1, History.place(1, 1));
    assertFound(Map.of(Violation.MISSING, 1L, Violation.LOST, 1L));
  }

  @Test
  void whatIsAcknowledgedAndNotStoredIsLost() {
    acknowledged(4, 4);
    stored(1, 2, 3);
    assertFound(Map.of(Violation.LOST, 1L));
  }

  @Test
  void whatIsStoredAtAnotherNumberIsLost() {
    acknowledged(2, 3);
    stored(1, 2, 3);
    assertFound(Map.of(Violation.LOST, 1L));
  }

  @Test
  void whatWasHeardAndIsNotStoredIsLost() {
    heard("bob", 0, 1, 2);
    stored(1, 7);
    assertFound(Map.of(Violation.LOST, 1L));
  }

  @Test
  void twoListenersWhoHearDifferentThingsAtOneNumberAreFound() {
    history.listener("bob", 0).heard(1, id(1));
    history.listener("carol", 0).heard(1, id(2));
    stored(1);
    assertFound(Map.of(Violation.LOST, 1L));
  }

  @Test
  void whatIsStoredTwiceIsDoubled() {
    stored(1, 2, 1);
    assertFound(Map.of(Violation.DOUBLED, 1L));
  }

  @Test
  void whatIsAcknowledgedAtTheSecondOfItsNumbersIsDoubledAndNotLost() {
    acknowledged(1, 3);
    stored(1, 2, 1);
    assertFound(Map.of(Violation.DOUBLED, 1L));
  }

  @Test
  void whatIsAcknowledgedAtTwoNumbersIsDoubled() {
    acknowledged(1, 1);
    acknowledged(1, 2);
    stored(1, 2);
    assertFound(Map.of(Violation.DOUBLED, 1L));
  }

  @Test
  void whatIsHeardTwiceIsDoubled() {
    heard("bob", 0, 1, 2, 2, 3);
    heard("carol", 0, 1, 2, 3, 1);
    stored(1, 2, 3);
    assertFound(Map.of(Violation.DOUBLED, 2L));
  }

  @Test
  void whatIsHeardLateIsOutOfOrderAndNotMissing() {
    heard("bob", 0, 1, 4, 3, 2, 5);
    stored(1, 2, 3, 4, 5);
    assertFound(Map.of(Violation.OUT_OF_ORDER, 2L));
  }

  @Test
  void aHoleIsMissing() {
    heard("bob", 0, 1, 4, 6);
    stored(1, 2, 3, 4, 5, 6);
    assertFound(Map.of(Violation.MISSING, 3L));
  }

  @Test
  void theBeginningAndTheEndAreMissingToo() {
    heard("bob", 0, 2, 3);
    heard("carol", 1, 2);
    stored(1, 2, 3);
    assertFound(Map.of(Violation.MISSING, 2L));
  }

  @Test
  void aHoleInTheStoreIsMissing() {
    history.stored(1, id(1));
    history.stored(3, id(3));
    assertFound(Map.of(Violation.MISSING, 1L));
  }

  @Test
  void theStoreMayBeReadFromTheMiddle() {
    history.storedAfter(10);
    history.stored(11, id(11));
    heard("bob", 10, 11);
    assertFound(Map.of());
  }

  @Test
  void whatABehindMarkerIsFetchedOutOfTurn() {
    History.Listener bob = heard("bob", 0, 1);
    bob.gap(4);
    assertEquals(2, bob.toFetch());
    bob.heard(5, id(5));
    assertEquals(1, bob.level());
    bob.fetched(2, id(2));
    bob.fetched(3, id(3));
    bob.fetched(4, id(4));
    assertEquals(0, bob.toFetch());
    assertEquals(5, bob.level());
    stored(1, 2, 3, 4, 5);
    assertFound(Map.of());
    assertEquals(1, history.gapMarkers());
    assertEquals(5, history.delivered());
  }

  @Test
  void whatIsNotFetchedIsMissing() {
    History.Listener bob = heard("bob", 0, 1);
    bob.gap(4);
    bob.fetched(3, id(3));
    stored(1, 2, 3, 4);
    assertFound(Map.of(Violation.MISSING, 2L));
  }

  @Test
  void whatComesByItselfAlthoughItIsBehindAMarkerIsDoubled() {
    History.Listener bob = heard("bob", 0, 1);
    bob.gap(2);
    bob.heard(2, id(2));
    bob.fetched(2, id(2));
    stored(1, 2);
    assertFound(Map.of(Violation.DOUBLED, 1L));
  }

  @Test
  void whoSendsTheSecondAfterTheAnswerToTheFirstHasThemInThisOrder() {
    History.Author author = history.author("anna");
    int first = author.sent();
    author.repeated(first);
    author.acknowledged(first, id(2), 2);
    author.acknowledged(author.sent(), id(1), 1);
    stored(1, 2);
    assertFound(Map.of(Violation.OUT_OF_ORDER, 1L));
  }

  @Test
  void whoSendsBothAtOnceHasThemInThisOrder() {
    History.Author author = history.author("anna");
    int first = author.sent();
    int second = author.sent();
    author.repeated(second);
    author.acknowledged(second, id(1), 1);
    author.acknowledged(first, id(2), 2);
    stored(1, 2);
    assertFound(Map.of(Violation.OUT_OF_ORDER, 1L));
  }

  @Test
  void whatHadToBeRepeatedMayComeBehindWhatWasOnItsWay() {
    History.Author author = history.author("anna");
    int first = author.sent();
    int second = author.sent();
    author.repeated(first);
    author.acknowledged(second, id(1), 1);
    author.acknowledged(first, id(2), 2);
    stored(1, 2);
    assertFound(Map.of());
  }

  @Test
  void manyIdsAreTakenApart() {
    IdTable table = new IdTable();
    IntStream.rangeClosed(1, 10_000).forEach(n -> table.putIfAbsent(new UUID(n % 7, n), n));
    assertEquals(10_000, table.size());
    assertEquals(4_711, table.get(new UUID(4_711 % 7, 4_711)));
    assertEquals(4_711, table.putIfAbsent(new UUID(4_711 % 7, 4_711), 1));
    assertEquals(0, table.get(new UUID(8, 8)));
    int[] seen = new int[1];
    table.forEach((id, number) -> {
      assertEquals(number, id.getLeastSignificantBits());
      seen[0]++;
    });
    assertEquals(10_000, seen[0]);
  }

  @Test
  void examplesAreBoundedAndCountsAreNot() {
    heard("bob", 0, IntStream.rangeClosed(1, 100).mapToLong(n -> 2L * n).toArray());
    history.storedAfter(200);
    history.close();
    assertEquals(100, history.count(Violation.MISSING));
    assertTrue(history.violations().size() < 100);
    assertFalse(history.violations().isEmpty());
  }
}
