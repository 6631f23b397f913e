// SPDX-License-Identifier: Apache-2.0
package chat.desktop.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.client.ClientConfig;
import chat.client.ClientEvent;
import chat.client.Link;
import chat.desktop.FakeService;
import chat.desktop.model.app.ChatModel;
import chat.desktop.model.app.EventRelay;
import chat.desktop.model.app.MentionHint;
import chat.desktop.model.app.ModelListener;
import chat.desktop.model.app.People;
import chat.desktop.model.app.RoomActions;
import chat.desktop.model.app.SideItem;
import chat.desktop.model.app.SwitchTarget;
import chat.desktop.model.app.SwitchTargets;
import chat.desktop.model.platform.Settings;
import chat.desktop.model.room.Delivery;
import chat.desktop.model.room.Room;
import chat.desktop.model.room.Row;
import chat.protocol.Availability;
import chat.protocol.Command;
import chat.protocol.Contact;
import chat.protocol.Content;
import chat.protocol.Person;
import chat.protocol.PresenceStatus;
import chat.protocol.Problem;
import chat.protocol.ReadMark;
import chat.protocol.Relation;
import chat.protocol.RoomInfo;
import chat.protocol.RoomInvitation;
import chat.protocol.RoomKind;
import chat.protocol.RoomSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several rooms: their counters, their order, who is in them, and what is told by the way. */
class RoomsTest {
  private static final Person ANNA = new Person(2, "Anna");
  private static final Person MING = new Person(3, "xiaoming", "小明", 0);
  private static final long LAB = 7;

  @TempDir Path folder;

  private static final long PRIVATE = 9;

  private final FakeService service = new FakeService();
  private final TreeMap<Long, List<Runnable>> later = new TreeMap<>();
  private long now = 1_700_000_000_000L;
  private final ChatModel model = model();

  private ChatModel model() {
    EventRelay relay = new EventRelay(Runnable::run);
    ClientConfig config = ClientConfig.of(Path.of("unused"), "chat.example.org", 7667);
    ChatModel made =
        new ChatModel(
            service.open(config, relay),
            config,
            Runnable::run,
            Runnable::run,
            () -> Instant.ofEpochMilli(now),
            (millis, task) ->
                later.computeIfAbsent(now + millis, _ -> new ArrayList<>()).add(task));
    relay.to(made);
    return made;
  }

  private void pass(long millis) {
    long end = now + millis;
    while (!later.isEmpty() && later.firstKey() <= end) {
      var due = later.pollFirstEntry();
      now = due.getKey();
      due.getValue().forEach(Runnable::run);
    }
    now = end;
  }

  private void enterThree() {
    service.past(ANNA, "hello");
    service.online.add(ANNA);
    service.others.add(
        FakeService.room(
            FakeService.info(LAB, RoomKind.PRIVATE, "Lab", new Person(0, "")),
            FakeService.place(4, 6, 2, 1, false),
            FakeService.entry(LAB, 5, ANNA, 4, new Content.Text("come")),
            FakeService.entry(LAB, 6, ANNA, 5, new Content.Text("in the lab"))));
    service.others.add(
        FakeService.room(
            FakeService.info(PRIVATE, RoomKind.DIRECT, "", MING),
            FakeService.place(0, 0, 0, 0, true)));
    service.enter();
  }

  private static Content naming(String text) {
    return new Content.Text(text, 0, false, List.of(FakeService.ME.account()), "");
  }

  private void said(long room, long number, Person author, Content content) {
    service.tell(
        new ClientEvent.Added(
            FakeService.entry(room, number, author, now + 100_000 + number, content)));
  }

  @Test
  void aPrivateChatIsCalledByTheOtherOne() {
    enterThree();
    assertEquals("小明", model.room(PRIVATE).title());
    assertEquals("# Lab", model.room(LAB).title());
    assertEquals(model.room(PRIVATE), model.directWith(MING.account()));
    assertNull(model.directWith(ANNA.account()));
  }

  @Test
  void whatIsLiveIsAddedToWhatWasCounted() {
    enterThree();
    Room lab = model.room(LAB);
    assertEquals(2, lab.unread());
    assertEquals(1, lab.mentions());
    said(LAB, 7, ANNA, new Content.Text("more"));
    said(LAB, 8, FakeService.ME, new Content.Text("mine"));
    said(LAB, 9, ANNA, new Content.Reacted(7, "👍", true));
    said(LAB, 10, ANNA, naming("@Robin"));
    assertEquals(4, lab.unread());
    assertEquals(2, lab.mentions());
  }

  @Test
  void whatIsImportedStandsThereWithItsTimeAndIsNotNew() {
    enterThree();
    Room lab = model.room(LAB);
    said(LAB, 7, ANNA, new Content.Text("now"));
    service.tell(
        new ClientEvent.Added(FakeService.entry(LAB, 8, ANNA, 1_000, new Content.Text("then"))));
    service.tell(new ClientEvent.Added(FakeService.entry(LAB, 9, ANNA, 2_000, naming("@Robin"))));
    assertEquals(3, lab.unread());
    assertEquals(1, lab.mentions());
    assertEquals(2_000, lab.transcript().rows().getLast().time());
    service.tell(new ClientEvent.RoomChanged(lab.info(), FakeService.place(6, 6, 0, 0, false)));
    assertEquals(1, lab.unread());
    assertEquals(0, lab.mentions());
    said(LAB, 10, ANNA, new Content.Text("now again"));
    assertEquals(2, lab.unread());
  }

  @Test
  void anotherDeviceThatReadsCountsHereToo() {
    enterThree();
    said(LAB, 7, ANNA, new Content.Text("seven"));
    said(LAB, 8, ANNA, new Content.Text("eight"));
    Room lab = model.room(LAB);
    service.tell(new ClientEvent.RoomChanged(lab.info(), FakeService.place(7, 7, 0, 0, false)));
    assertEquals(1, lab.unread());
    assertEquals(0, lab.mentions());
  }

  @Test
  void aDeletedMessageIsNotUnread() {
    enterThree();
    said(PRIVATE, 1, MING, new Content.Text("psst"));
    said(PRIVATE, 2, MING, new Content.Deleted(1));
    assertEquals(0, model.room(PRIVATE).unread());
  }

  @Test
  void aSilentRoomCallsOnlyWithMentions() {
    enterThree();
    said(PRIVATE, 1, MING, new Content.Text("psst"));
    assertEquals(2, model.calling());
    assertEquals(3, model.unread());
    said(PRIVATE, 2, MING, naming("@Robin"));
    assertEquals(3, model.calling());
  }

  @Test
  void aPrivateChatThatComesNeverTakesTheFocus() {
    enterThree();
    Room before = model.current();
    RoomInfo info = FakeService.info(11, RoomKind.DIRECT, "", ANNA);
    service.tell(
        new ClientEvent.Opened(
            FakeService.room(
                info,
                FakeService.place(0, 1, 1, 0, false),
                FakeService.entry(11, 1, ANNA, 9, new Content.Text("hi")))));
    assertEquals(before, model.current());
    assertEquals(1, model.room(11).unread());
  }

  @Test
  void whatWasAskedForIsShownWhenItComes() {
    enterThree();
    new RoomActions(model).talk(ANNA);
    assertEquals("Anna", model.current().name());
    new RoomActions(model).create(RoomKind.PRIVATE, " Attic ", "dust");
    assertEquals("Attic", model.current().name());
    new RoomActions(model).talk(MING);
    assertEquals(PRIVATE, model.current().id());
    assertEquals(1, service.commands(Command.Direct.class).size());
  }

  @Test
  void aRoomThatIsGoneGivesWay() {
    enterThree();
    model.select(model.room(LAB));
    service.tell(new ClientEvent.RoomGone(LAB));
    assertEquals(FakeService.LOBBY, model.current().id());
  }

  @Test
  void readingIsToldOnceASecondAndOnlyWhatMoves() {
    enterThree();
    model.attentive(true);
    model.select(model.room(LAB));
    model.saw(model.room(LAB), 5, 6);
    assertEquals(0, model.room(LAB).unread());
    assertEquals(
        List.of(new Command.MarkRead(LAB, 6, 6)), service.commands(Command.MarkRead.class));
    said(LAB, 7, ANNA, new Content.Text("a"));
    said(LAB, 8, ANNA, new Content.Text("b"));
    assertEquals(1, service.commands(Command.MarkRead.class).size());
    pass(1_000);
    assertEquals(
        new Command.MarkRead(LAB, 8, 8), service.commands(Command.MarkRead.class).getLast());
    pass(5_000);
    assertEquals(2, service.commands(Command.MarkRead.class).size());
    model.attentive(false);
    said(LAB, 9, ANNA, new Content.Text("c"));
    pass(5_000);
    assertEquals(2, service.commands(Command.MarkRead.class).size());
  }

  @Test
  void whatWasReadWithoutAConnectionIsToldWithTheNextOne() {
    enterThree();
    service.link(new Link.Lost("no route", Instant.ofEpochMilli(now)));
    model.attentive(true);
    model.select(model.room(LAB));
    model.saw(model.room(LAB), 5, 6);
    pass(5_000);
    assertEquals(List.of(), service.commands(Command.MarkRead.class));
    service.enter();
    assertEquals(
        List.of(new Command.MarkRead(LAB, 6, 6)), service.commands(Command.MarkRead.class));
  }

  @Test
  void whatIsNewIsMarkedFromWhereItWasRead() {
    enterThree();
    assertEquals(4, model.room(LAB).freshAfter());
    model.attentive(true);
    model.select(model.room(LAB));
    model.saw(model.room(LAB), 5, 6);
    said(LAB, 7, ANNA, new Content.Text("seen as it comes"));
    assertEquals(4, model.room(LAB).freshAfter());
    model.select(model.room(FakeService.LOBBY));
    assertEquals(-1, model.room(LAB).freshAfter());
    said(LAB, 8, ANNA, new Content.Text("new"));
    assertEquals(7, model.room(LAB).freshAfter());
    said(LAB, 9, FakeService.ME, new Content.Text("mine"));
    assertEquals(7, model.room(LAB).freshAfter(), "who answers has not read all");
    model.select(model.room(LAB));
    model.saw(model.room(LAB), 7, 9);
    said(LAB, 10, FakeService.ME, new Content.Text("mine too"));
    assertEquals(-1, model.room(LAB).freshAfter());
  }

  @Test
  void whoWritesIsForgottenAfterSixSecondsOrWithTheText() {
    enterThree();
    service.tell(new ClientEvent.Typing(LAB, ANNA));
    service.tell(new ClientEvent.Typing(LAB, MING));
    service.tell(new ClientEvent.Typing(LAB, FakeService.ME));
    assertEquals(List.of(ANNA, MING), model.room(LAB).typing());
    said(LAB, 7, ANNA, new Content.Text("done"));
    assertEquals(List.of(MING), model.room(LAB).typing());
    pass(3_000);
    service.tell(new ClientEvent.Typing(LAB, MING));
    pass(3_000);
    assertEquals(List.of(MING), model.room(LAB).typing());
    pass(3_000);
    assertEquals(List.of(), model.room(LAB).typing());
  }

  @Test
  void aDraftIsToldAfterTwoSecondsOfSilence() {
    enterThree();
    Room lab = model.room(LAB);
    model.wrote(lab, "Dear");
    pass(1_000);
    model.wrote(lab, "Dear all");
    pass(1_500);
    assertEquals(List.of(), service.commands(Command.Draft.class));
    pass(1_000);
    assertEquals(
        List.of(new Command.Draft(LAB, "Dear all")), service.commands(Command.Draft.class));
    assertEquals(1, service.commands(Command.Typing.class).size());
    assertEquals("Dear all", lab.draft());
  }

  @Test
  void readMarksOfOthersAreKnown() {
    service.past(FakeService.ME, "read me");
    service.marks.add(new ReadMark(2, 1, 0));
    service.marks.add(new ReadMark(3, 1, 1));
    service.enter();
    assertEquals(1, model.current().readers(1));
    service.tell(new ClientEvent.Marked(FakeService.LOBBY, new ReadMark(2, 1, 1)));
    assertEquals(2, model.current().readers(1));
  }

  @Test
  void whatCameIntoAPrivateChatIsToldAtMostOnceInTwoSeconds() {
    enterThree();
    said(PRIVATE, 1, MING, new Content.Text("psst"));
    assertEquals(
        List.of(new Command.MarkRead(PRIVATE, 1, 0)), service.commands(Command.MarkRead.class));
    said(PRIVATE, 2, MING, new Content.Text("are you"));
    said(PRIVATE, 3, MING, new Content.Text("there?"));
    said(PRIVATE, 4, FakeService.ME, new Content.Text("not really"));
    pass(1_900);
    assertEquals(1, service.commands(Command.MarkRead.class).size());
    pass(100);
    assertEquals(
        new Command.MarkRead(PRIVATE, 3, 0), service.commands(Command.MarkRead.class).getLast());
    pass(10_000);
    assertEquals(2, service.commands(Command.MarkRead.class).size(), "it does not rise");
    said(LAB, 7, ANNA, new Content.Text("in a room of more nobody is told"));
    assertEquals(2, service.commands(Command.MarkRead.class).size());
    assertEquals(3, model.room(PRIVATE).unread(), "nothing of it is read");
    model.attentive(true);
    model.select(model.room(PRIVATE));
    model.saw(model.room(PRIVATE), 1, 4);
    assertEquals(
        new Command.MarkRead(PRIVATE, 4, 4), service.commands(Command.MarkRead.class).getLast());
    pass(10_000);
    assertEquals(3, service.commands(Command.MarkRead.class).size(), "read is received");
  }

  @Test
  void whatCameWhileNobodyWasConnectedIsToldOnEntering() {
    service.others.add(
        FakeService.room(
            FakeService.info(PRIVATE, RoomKind.DIRECT, "", MING),
            FakeService.place(2, 2, 1, 0, false),
            FakeService.entry(PRIVATE, 2, MING, 5, new Content.Text("read")),
            FakeService.entry(PRIVATE, 3, MING, 6, new Content.Text("not read"))));
    service.enter();
    assertEquals(
        List.of(new Command.MarkRead(PRIVATE, 3, 2)), service.commands(Command.MarkRead.class));
    service.enter();
    pass(5_000);
    assertEquals(1, service.commands(Command.MarkRead.class).size());
  }

  @Test
  void whoIsInvisibleDoesNotTellThatSomethingCame() {
    enterThree();
    model.attendance().choose(Availability.INVISIBLE);
    said(PRIVATE, 1, MING, new Content.Text("psst"));
    pass(5_000);
    assertEquals(List.of(), service.commands(Command.MarkRead.class));
    model.attendance().choose(Availability.DO_NOT_DISTURB);
    assertEquals(
        List.of(new Command.MarkRead(PRIVATE, 1, 0)), service.commands(Command.MarkRead.class));
  }

  @Test
  void anOwnMessageIsSentThenDeliveredThenRead() {
    enterThree();
    said(PRIVATE, 1, FakeService.ME, new Content.Text("one"));
    said(PRIVATE, 2, FakeService.ME, new Content.Text("two"));
    Room room = model.room(PRIVATE);
    assertEquals(Optional.of(Delivery.SENT), room.delivery(1));
    service.tell(new ClientEvent.Marked(PRIVATE, new ReadMark(MING.account(), 2, 0)));
    assertEquals(Optional.of(Delivery.DELIVERED), room.delivery(1));
    service.tell(new ClientEvent.Marked(PRIVATE, new ReadMark(MING.account(), 2, 1)));
    assertEquals(Optional.of(Delivery.READ), room.delivery(1));
    assertEquals(Optional.of(Delivery.DELIVERED), room.delivery(2));
    assertEquals(Optional.empty(), model.room(LAB).delivery(6), "nobody tells in a large room");
    service.tell(new ClientEvent.Marked(LAB, new ReadMark(2, 6, 0)));
    assertEquals(Optional.of(Delivery.SENT), model.room(LAB).delivery(6));
  }

  @Test
  void peopleStandAsTheyWereLastSaidTo() {
    service.online.add(ANNA);
    service.statuses.add(new PresenceStatus(2, Availability.AWAY));
    service.contacts.add(new Contact(MING, Relation.INCOMING, false));
    service.enter();
    People people = model.people();
    assertEquals(Optional.of(Availability.AWAY), people.availability(2));
    assertEquals(Optional.empty(), people.availability(3));
    assertEquals(Relation.INCOMING, people.relation(3));
    service.tell(
        new ClientEvent.Presence(
            List.of(), List.of(), List.of(new PresenceStatus(2, Availability.ONLINE))));
    assertEquals(Optional.of(Availability.ONLINE), people.availability(2));
    service.tell(new ClientEvent.ContactChanged(new Contact(MING, Relation.FRIEND, false)));
    assertEquals(1, people.contacts(Relation.FRIEND).size());
    service.tell(new ClientEvent.ContactChanged(new Contact(MING, Relation.NONE, true)));
    assertTrue(people.blocked(3));
    service.tell(new ClientEvent.ContactChanged(new Contact(MING, Relation.NONE, false)));
    assertFalse(people.blocked(3));
  }

  private SideItem.Arrangement arrangement() {
    try {
      return new SideItem.Arrangement(model, Settings.open(folder));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> names(List<SideItem> items) {
    return items.stream()
        .flatMap(item ->
            switch (item) {
              case SideItem.Heading heading -> Stream.of(heading.key());
              case SideItem.RoomItem(Room room, boolean _) -> Stream.of(room.name());
              case SideItem.RequestItem _,
                  SideItem.InvitationItem _,
                  SideItem.PersonItem _,
                  SideItem.Nothing _ ->
                  Stream.empty();
            })
        .toList();
  }

  @Test
  void favouritesComeFirstAndAreKept() {
    enterThree();
    arrangement().favour(model.room(LAB));
    assertEquals(
        List.of(
            "side.favourites", "Lab", "side.rooms", "Lobby", "side.direct", "小明", "side.online"),
        names(SideItem.list(model, "", arrangement())));
    assertEquals("Lab", SideItem.rooms(model, arrangement()).getFirst().name());
    arrangement().favour(model.room(LAB));
    assertFalse(names(SideItem.list(model, "", arrangement())).contains("side.favourites"));
  }

  @Test
  void aFoldedSectionShowsWhatIsOpenOrNewAndEverythingToASearch() {
    enterThree();
    arrangement().fold("side.rooms");
    arrangement().fold("side.direct");
    List<String> folded = names(SideItem.list(model, "", arrangement()));
    assertTrue(
        folded.containsAll(List.of("side.rooms", "side.direct", "Lobby")), folded.toString());
    Room lab = model.room(LAB);
    lab.readAll();
    assertFalse(names(SideItem.list(model, "", arrangement())).contains("Lab"));
    said(LAB, 7, ANNA, new Content.Text("new"));
    assertTrue(names(SideItem.list(model, "", arrangement())).contains("Lab"));
    lab.readAll();
    assertTrue(names(SideItem.list(model, "lab", arrangement())).contains("Lab"));
    assertEquals(3, SideItem.rooms(model, arrangement()).size());
    arrangement().fold("side.rooms");
    assertTrue(names(SideItem.list(model, "", arrangement())).contains("Lab"));
  }

  @Test
  void theListIsSortedByWhatWasSaidLast() {
    enterThree();
    service.contacts.add(new Contact(ANNA, Relation.FRIEND, false));
    service.tell(new ClientEvent.ContactChanged(service.contacts.getFirst()));
    said(LAB, 7, ANNA, new Content.Text("newest"));
    List<String> lines =
        SideItem.list(model, "", arrangement()).stream()
            .map(item ->
                switch (item) {
                  case SideItem.Heading heading -> heading.key();
                  case SideItem.RequestItem request -> request.contact().person().name();
                  case SideItem.InvitationItem(var invitation) -> invitation.info().name();
                  case SideItem.RoomItem(Room room, boolean _) -> room.name();
                  case SideItem.PersonItem(Person person, boolean _) -> person.name();
                  case SideItem.Nothing _ -> "nothing";
                })
            .toList();
    assertEquals(
        List.of(
            "side.rooms",
            "Lab",
            "Lobby",
            "side.direct",
            "小明",
            "side.friends",
            "Anna",
            "side.online",
            "Robin"),
        lines,
        "everybody once");
  }

  @Test
  void aRoomCountsItsOwnMembersOnline() {
    enterThree();
    Room lab = model.room(LAB);
    assertEquals(OptionalInt.empty(), model.online(lab), "not asked for yet");
    model.loadMembers(lab);
    assertEquals(OptionalInt.of(2), model.online(lab));
    service.tell(new ClientEvent.Presence(List.of(MING), List.of(), List.of()));
    assertEquals(OptionalInt.of(2), model.online(lab), "who is here and no member");
    said(LAB, 7, MING, new Content.Joined());
    assertEquals(OptionalInt.of(3), model.online(lab));
    service.tell(new ClientEvent.Presence(List.of(), List.of(ANNA), List.of()));
    assertEquals(OptionalInt.of(2), model.online(lab));
    said(LAB, 8, MING, new Content.Left());
    assertEquals(OptionalInt.of(1), model.online(lab));
  }

  @Test
  void anInvitationStandsInTheListUntilItIsAnswered() {
    service.enter();
    RoomInfo garden =
        new RoomInfo(12, RoomKind.PRIVATE, RoomSettings.of("Garden", ""), 0, 3, new Person(0, ""));
    service.tell(new ClientEvent.Invited(new RoomInvitation(garden, ANNA, 1)));
    List<SideItem> items = SideItem.list(model, "", arrangement());
    assertEquals(new SideItem.Heading("side.invitations", -1), items.getFirst());
    assertEquals(new SideItem.InvitationItem(new RoomInvitation(garden, ANNA, 1)), items.get(1));
    new RoomActions(model).decline(12);
    assertTrue(service.commands.contains(new Command.DeclineInvitation(12)));
    service.tell(new ClientEvent.RoomGone(12));
    assertEquals(List.of(), List.copyOf(model.invitations()));
  }

  @Test
  void aMessageIsShownInThePieceOfThePastAroundIt() {
    for (int i = 1; i <= 300; i++) {
      service.past(ANNA, "m" + i);
    }
    service.enter();
    model.attentive(true);
    Room lobby = model.current();
    model.jump(lobby, 100).join();
    assertTrue(lobby.past());
    assertEquals(101, lobby.shown().rows().size() + 1);
    assertTrue(lobby.shown().indexOf(100) > 0);
    service.say(ANNA, "live");
    assertEquals(1, lobby.unread());
    model.loadNewer(lobby);
    assertEquals(199, lobby.shown().rows().getLast().number());
    model.backToNow(lobby);
    assertEquals(1, lobby.unread());
    model.saw(lobby, 297, 301);
    assertEquals(0, lobby.unread());
    assertEquals(301, lobby.shown().rows().getLast().number());
  }

  @Test
  void whatIsPinnedIsKnownInFewWords() {
    service.past(ANNA, "rules").past(ANNA, "more");
    service.enter();
    service.happen(ANNA, new Content.Pinned(1, true));
    service.happen(ANNA, new Content.Pinned(2, true));
    service.happen(ANNA, new Content.Edited(1, "new rules", List.of()));
    assertEquals(
        List.of(new Row.Quote(2, ANNA, "more"), new Row.Quote(1, ANNA, "new rules")),
        model.current().pinned());
    service.happen(ANNA, new Content.Pinned(2, false));
    service.happen(ANNA, new Content.Deleted(1));
    assertEquals(List.of(), model.current().pinned());
  }

  @Test
  void whoEndsAnAccountTakesAlongWhatWasSaidBefore() {
    service.past(ANNA, "mine").past(FakeService.ME, "other").pastFile(ANNA, "a.txt", 5);
    service.enter();
    Room lobby = model.current();
    service.happen(FakeService.ME, new Content.Text("answer", 1, false, List.of(), ""));
    service.happen(ANNA, new Content.Pinned(1, true));
    service.happen(new Person(ANNA.account(), ""), new Content.Gone());
    service.happen(FakeService.ME, new Content.Text("after"));
    List<Row> rows = lobby.transcript().rows();
    assertTrue(rows.get(0) instanceof Row.Deleted, rows.toString());
    assertTrue(rows.get(1) instanceof Row.Said);
    assertTrue(rows.get(2) instanceof Row.Deleted, rows.toString());
    assertEquals("", ((Row.Said) rows.get(3)).quote().text());
    assertTrue(
        rows.get(4) instanceof Row.Notice notice
            && notice.kind() == Row.Notice.Kind.GONE
            && notice.about().equals(ANNA),
        "by the name that was known: " + rows);
    assertEquals(List.of(), lobby.files());
    assertEquals(List.of(), lobby.pinned());
  }

  @Test
  void whatFailsIsTold() {
    enterThree();
    List<String> failures = new ArrayList<>();
    model.listen(
        new ModelListener() {
          @Override
          public void changed(Part part) {}

          @Override
          public void failed(Throwable why) {
            failures.add(why.getMessage());
          }
        });
    service.refuseChange = Problem.NOT_ALLOWED;
    new RoomActions(model).leave(model.room(LAB));
    assertEquals(List.of("NOT_ALLOWED: "), failures);
  }

  @Test
  void goalsAreRoomsPeopleAndWhatTheServerKnows() {
    enterThree();
    service.publicRooms.add(FakeService.info(50, RoomKind.PUBLIC, "Lantern", new Person(0, "")));
    SwitchTargets targets = new SwitchTargets(model, Set.of(SwitchTargets.Kind.values()), () -> {});
    targets.type("la");
    assertEquals(
        List.of("Lab", "Lantern"), targets.list().stream().map(SwitchTarget::name).toList());
    targets.type("XIAO");
    assertEquals(List.of(new SwitchTarget.ToRoom(model.room(PRIVATE))), targets.list());
    targets.type("小");
    assertEquals(List.of("小明"), targets.list().stream().map(SwitchTarget::name).toList());
    targets.type("an");
    assertEquals(
        List.of("Anna", "Lantern"), targets.list().stream().map(SwitchTarget::name).toList());
  }

  @Test
  void namesAreOfferedBehindAnAtSign() {
    enterThree();
    service.online.add(MING);
    Room lab = model.room(LAB);
    model.loadMembers(lab);
    assertEquals(List.of(ANNA, MING), MentionHint.of(model, lab, "hi @", 4).people());
    assertEquals(new MentionHint(3, List.of(MING)), MentionHint.of(model, lab, "hi @小", 5));
    assertEquals(List.of(ANNA), MentionHint.of(model, lab, "你好@an", 5).people());
    assertNull(MentionHint.of(model, lab, "mail@an", 7));
    assertNull(MentionHint.of(model, lab, "@anna and", 9));
    assertNull(MentionHint.of(model, lab, "", 0));
  }
}
