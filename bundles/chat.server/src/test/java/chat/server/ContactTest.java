// SPDX-License-Identifier: Apache-2.0
package chat.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.protocol.Command;
import chat.protocol.ContactAction;
import chat.protocol.Problem;
import chat.protocol.Profile;
import chat.protocol.Relation;
import chat.protocol.Reply;
import chat.server.ServerFixture.Somebody;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Friendships are asked for and answered, and a block ends all that two have with each other. */
@Timeout(60)
class ContactTest {
  @TempDir Path folder;
  private ServerFixture server;
  private Somebody anna;
  private Somebody ben;

  @BeforeEach
  void open() throws Exception {
    server = new ServerFixture(folder, "anna", "ben");
    anna = server.one(0);
    ben = server.one(1);
  }

  @AfterEach
  void close() {
    server.close();
  }

  private static Problem acts(Somebody by, ContactAction action, Somebody other) {
    return by.problem(new Command.UpdateContact(other.account(), action));
  }

  private static Profile profile(Somebody by, Somebody of) {
    return assertInstanceOf(
            Reply.ProfileFound.class, by.asks(new Command.GetProfile(of.account(), "")))
        .profile();
  }

  private void assertRelations(Relation annas, Relation bens) {
    assertEquals(annas, profile(anna, ben).relation());
    assertEquals(bens, profile(ben, anna).relation());
  }

  @Test
  void whoIsAskedAcceptsAndBothAreFriends() {
    assertNull(acts(anna, ContactAction.REQUEST, ben));
    assertRelations(Relation.OUTGOING, Relation.INCOMING);
    assertNull(acts(anna, ContactAction.REQUEST, ben), "asked twice is asked once");
    assertEquals(Problem.NOT_ALLOWED, acts(anna, ContactAction.ACCEPT, ben));
    assertNull(acts(ben, ContactAction.ACCEPT, anna));
    assertRelations(Relation.FRIEND, Relation.FRIEND);
  }

  @Test
  void twoWhoAskEachOtherAreFriends() {
    assertNull(acts(anna, ContactAction.REQUEST, ben));
    assertNull(acts(ben, ContactAction.REQUEST, anna));
    assertRelations(Relation.FRIEND, Relation.FRIEND);
  }

  @Test
  void aRequestIsDeclinedOrTakenBack() {
    acts(anna, ContactAction.REQUEST, ben);
    assertEquals(Problem.NOT_ALLOWED, acts(ben, ContactAction.WITHDRAW, anna));
    assertNull(acts(ben, ContactAction.DECLINE, anna));
    assertRelations(Relation.NONE, Relation.NONE);
    acts(anna, ContactAction.REQUEST, ben);
    assertNull(acts(anna, ContactAction.WITHDRAW, ben));
    assertRelations(Relation.NONE, Relation.NONE);
    assertEquals(Problem.NOT_ALLOWED, acts(ben, ContactAction.ACCEPT, anna));
  }

  @Test
  void aBlockEndsAFriendshipAndWhatTheOtherOneMayAsk() {
    acts(anna, ContactAction.REQUEST, ben);
    acts(ben, ContactAction.ACCEPT, anna);
    assertNull(acts(anna, ContactAction.BLOCK, ben));
    assertRelations(Relation.NONE, Relation.NONE);
    assertTrue(profile(anna, ben).blocked());
    assertFalse(profile(ben, anna).blocked(), "nobody is told that they are blocked");
    assertEquals(Problem.NOT_ALLOWED, acts(ben, ContactAction.REQUEST, anna));
    assertEquals(Problem.NOT_ALLOWED, acts(anna, ContactAction.REQUEST, ben));
    Command direct = new Command.Direct(UUID.randomUUID(), anna.account());
    assertEquals(Problem.NOT_ALLOWED, ben.problem(direct));
    assertNull(acts(anna, ContactAction.UNBLOCK, ben));
    assertNull(acts(ben, ContactAction.REQUEST, anna));
  }

  @Test
  void nobodyHasAnythingWithThemselvesOrWithNobody() {
    for (ContactAction action : ContactAction.values()) {
      assertEquals(Problem.PERSON_UNKNOWN, acts(anna, action, anna), action::toString);
      assertEquals(
          Problem.PERSON_UNKNOWN,
          anna.problem(new Command.UpdateContact(4_711, action)),
          action::toString);
    }
  }

  @Test
  void aProfileShowsWhatItsOwnerWantsAndNothingToWhomTheyBlock() {
    assertNull(
        anna.problem(new Command.SetProfile("Anna B.", " here ", "two\nlines", false, true)));
    Profile seen = profile(ben, anna);
    assertEquals("here", seen.status());
    assertEquals("two\nlines", seen.about());
    assertEquals(0, seen.lastSeen());
    assertEquals(Problem.NAME_INVALID, anna.problem(named("x".repeat(100))));
    assertEquals(Problem.TOO_LARGE, anna.problem(about("x".repeat(10_000))));
    acts(anna, ContactAction.BLOCK, ben);
    Profile hidden = profile(ben, anna);
    assertEquals("", hidden.status() + hidden.about());
    assertEquals(Problem.PERSON_UNKNOWN, ben.problem(new Command.GetProfile(0, "nobody")));
  }

  private static Command named(String display) {
    return new Command.SetProfile(display, "", "", true, true);
  }

  private static Command about(String about) {
    return new Command.SetProfile("", "", about, true, true);
  }
}
