// SPDX-License-Identifier: Apache-2.0
package chat.desktop.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.client.ClientEvent;
import chat.desktop.FakeService;
import chat.desktop.model.app.RoomActions;
import chat.desktop.model.room.Room;
import chat.desktop.model.room.Row;
import chat.desktop.ui.Studio;
import chat.desktop.ui.Ui;
import chat.desktop.ui.Widgets;
import chat.desktop.view.dialog.MemberContent;
import chat.desktop.view.main.Banner;
import chat.desktop.view.main.MainWindow;
import chat.desktop.view.transcript.RowPicture;
import chat.desktop.view.transcript.TranscriptView;
import chat.desktop.view.widget.ItemList;
import chat.protocol.Command;
import chat.protocol.Contact;
import chat.protocol.ContactAction;
import chat.protocol.Content;
import chat.protocol.ModerationAction;
import chat.protocol.Person;
import chat.protocol.Problem;
import chat.protocol.Rank;
import chat.protocol.ReadMark;
import chat.protocol.Relation;
import chat.protocol.RoomInfo;
import chat.protocol.RoomKind;
import chat.protocol.RoomSettings;
import chat.protocol.RoomState;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Image;
import org.eclipse.swt.graphics.ImageData;
import org.eclipse.swt.graphics.RGB;
import org.eclipse.swt.graphics.Rectangle;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.swt.widgets.Text;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What people do with messages, rooms and each other, in a real window. */
@ExtendWith(Ui.class)
class CompanyTest {
  private static final Person ANNA = new Person(2, "Anna");
  private static final Person NOBODY = new Person(0, "");
  private static final long LAB = 7;

  @TempDir Path folder;
  private final FakeService service = new FakeService();
  private Studio studio;
  private MainPage page;

  @BeforeEach
  void open() throws Exception {
    studio = new Studio(folder);
    service.online.add(ANNA);
    service.past(ANNA, "Hello").past(ANNA, "Who comes?").past(FakeService.ME, "I do");
    service.others.add(
        FakeService.room(
            FakeService.info(LAB, RoomKind.PUBLIC, "Lab", NOBODY),
            FakeService.place(0, 1, 1, 1, false),
            FakeService.entry(LAB, 1, ANNA, 5, new Content.Text("in the lab"))));
    service.contacts.add(new Contact(new Person(3, "Ming"), Relation.INCOMING, false));
    page = studio.main(service);
    service.enter();
    page.awaitRow("I do");
  }

  private MainWindow window() {
    return page.window();
  }

  private TranscriptView view() {
    return window().transcript();
  }

  /** Moves the cursor up to a row and presses a key there. */
  private void keyOn(int row, int keyCode, char character) {
    Ui.run(() -> {
      view().setFocus();
      Widgets.key(view(), SWT.ESC, SWT.ESC, 0);
      do {
        Widgets.key(view(), SWT.ARROW_UP, '\0', 0);
      } while (view().cursor() > row);
      Widgets.key(view(), keyCode, character, 0);
    });
  }

  private void pick(String dialog, String typed) {
    Ui.await(dialog, () -> Widgets.shell(Ui.display(), dialog).isPresent());
    Ui.run(() -> {
      Text search = Widgets.text(Ui.display(), dialog + ".search");
      search.setText(typed);
      Event enter = new Event();
      enter.detail = SWT.TRAVERSE_RETURN;
      search.notifyListeners(SWT.Traverse, enter);
    });
  }

  private void pressIn(String dialog, String button) {
    Ui.await(dialog, () -> Widgets.shell(Ui.display(), dialog).isPresent());
    Ui.run(() ->
        Widgets.send(Widgets.find(Widgets.shell(Ui.display(), dialog).orElseThrow(), button)));
  }

  @Test
  void anAnswerIsBegunByKeyQuotesAndEnds() {
    keyOn(1, 'r', 'r');
    Ui.await("bar", () -> window().intent().words().equals("Reply to Anna"));
    page.send("Me too");
    page.awaitRow("Me too");
    Row.Said said = assertInstanceOf(Row.Said.class, page.row(3));
    assertEquals("Who comes?", said.quote().text());
    Ui.await("left", () -> window().intent().words().isEmpty());
  }

  @Test
  void whatMustNotBeOverlookedIsSaidSo() {
    page.menu("edit.important");
    Ui.await("bar", () -> window().intent().words().equals("Important message"));
    page.menu("edit.important");
    Ui.await("no bar", () -> window().intent().words().isEmpty());
    page.menu("edit.important");
    page.send("The lab is locked");
    page.awaitRow("The lab is locked");
    Ui.await("no bar", () -> window().intent().words().isEmpty());
    assertTrue(
        service.entries.getLast().content() instanceof Content.Text said && said.important());
    page.send("And open again");
    page.awaitRow("And open again");
    assertTrue(
        service.entries.getLast().content() instanceof Content.Text said && !said.important());
  }

  @Test
  void nobodyIsOfferedToLeaveTheLobby() {
    Ui.run(() -> {
      assertFalse(window().model().current().mayLeave());
      assertTrue(
          window().model().rooms().stream()
              .filter(room -> room.id() == LAB)
              .allMatch(Room::mayLeave));
    });
  }

  @Test
  void escapeLeavesAnAnswer() {
    keyOn(1, 'r', 'r');
    Ui.await("bar", () -> !window().intent().words().isEmpty());
    page.key(SWT.ESC);
    Ui.await("left", () -> window().intent().words().isEmpty());
  }

  @Test
  void theArrowInAnEmptyBoxChangesTheLastOwnText() {
    page.key(SWT.ARROW_UP);
    Ui.await("text", () -> window().compose().text().getText().equals("I do"));
    assertEquals("Edit message", Ui.ask(() -> window().intent().words()));
    page.write(", of course");
    page.enter(0);
    page.awaitRow("I do, of course");
    assertEquals(3, page.rows().size());
    Ui.await("empty", () -> window().compose().text().getText().isEmpty());
    assertTrue(service.sent.isEmpty());
  }

  @Test
  void whatWasBegunIsBackAfterAChange() {
    page.write("Dear");
    keyOn(2, 'e', 'e');
    Ui.await("text", () -> window().compose().text().getText().equals("I do"));
    page.key(SWT.ESC);
    Ui.await("back", () -> window().compose().text().getText().equals("Dear"));
  }

  @Test
  void deletingAsksFirst() {
    keyOn(2, SWT.DEL, SWT.DEL);
    pressIn("ask", "ask.no");
    assertEquals(List.of(), service.commands(Command.Delete.class));
    keyOn(2, SWT.DEL, SWT.DEL);
    pressIn("ask", "ask.yes");
    page.awaitRow("This message was deleted");
    assertEquals(3, page.rows().size());
  }

  @Test
  void onlyOwnMessagesCanBeDeletedByAMember() {
    keyOn(0, SWT.DEL, SWT.DEL);
    assertTrue(Ui.ask(() -> Widgets.shell(Ui.display(), "ask").isEmpty()));
    keyOn(0, 'e', 'e');
    keyOn(0, 'p', 'p');
    assertEquals("", Ui.ask(() -> window().intent().words()));
    assertEquals(List.of(), service.commands(Command.Pin.class));
  }

  @Test
  void aReactionIsPutThereByThePickerAndTakenAwayByAClick() {
    keyOn(1, '+', '+');
    pick("emoji.picker", "thumbs up", "emoji.search");
    Ui.await("reaction", () -> reactions(1) == 1);
    Ui.settle();
    clickReaction(1);
    Ui.await("gone", () -> reactions(1) == 0);
    List<Command.React> reacts = service.commands(Command.React.class);
    assertEquals(List.of(true, false), reacts.stream().map(Command.React::on).toList());
  }

  private void pick(String shell, String typed, String field) {
    Ui.await(shell, () -> Widgets.shell(Ui.display(), shell).isPresent());
    Ui.run(() -> {
      Text search = Widgets.text(Ui.display(), field);
      search.setText(typed);
      Event enter = new Event();
      enter.detail = SWT.TRAVERSE_RETURN;
      search.notifyListeners(SWT.Traverse, enter);
    });
  }

  private int reactions(int row) {
    return view().rows().get(row) instanceof Row.MessageRow told
        ? told.state().reactions().size()
        : -1;
  }

  private void clickReaction(int row) {
    Ui.run(() -> {
      Rectangle body = view().picture(row).body();
      int x = body.x + 12;
      int y = body.y + body.height + 14;
      assertInstanceOf(RowPicture.Spot.Reaction.class, view().picture(row).at(x, y));
      Widgets.click(view(), x, view().topOf(row) + y);
    });
  }

  @Test
  void aMessageIsForwardedToAnotherRoom() {
    keyOn(1, 'f', 'f');
    pick("goals", "lab");
    Ui.await("forwarded", () -> service.commands(Command.Forward.class).size() == 1);
    assertEquals(LAB, service.commands(Command.Forward.class).getFirst().room());
  }

  @Test
  void theListShowsWhereOneIsNamedAndCounts() {
    assertTrue(page.side().contains("Lab, 1 unread, you are named in 1"), page.side().toString());
    Ui.await("title", () -> window().shell().getText().startsWith("(1) "));
    page.choose("Lab, 1 unread, you are named in 1");
    Ui.await("shown", () -> view().rows().size() == 1);
    Ui.await("read", () -> window().model().unread() == 0);
    Ui.await("title", () -> window().shell().getText().equals("Chatroom – # Lab"));
  }

  @Test
  void draftsStayWithTheirRooms() {
    page.write("half a tho");
    page.choose("Lab, 1 unread, you are named in 1");
    Ui.await("empty", () -> window().compose().text().getText().isEmpty());
    page.write("lab notes");
    page.choose("Lobby");
    Ui.await("back", () -> window().compose().text().getText().equals("half a tho"));
    assertEquals("lab notes", Ui.ask(() -> window().model().room(LAB).draft()));
  }

  @Test
  void aRequestIsAnsweredByKeyAndByMouse() {
    page.choose("Ming, asks to connect");
    Command.UpdateContact yes = new Command.UpdateContact(3, ContactAction.ACCEPT);
    assertEquals(List.of(yes), service.commands(Command.UpdateContact.class));
    Ui.run(() -> {
      ItemList<?> list = window().side().list();
      Rectangle area = list.area(page.indexInSide("Ming, asks to connect"));
      Widgets.click(list, area.width - 20, area.y + area.height / 2);
    });
    Command.UpdateContact no = new Command.UpdateContact(3, ContactAction.DECLINE);
    assertEquals(List.of(yes, no), service.commands(Command.UpdateContact.class));
    service.tell(
        new ClientEvent.ContactChanged(new Contact(new Person(3, "Ming"), Relation.FRIEND, false)));
    Ui.await("friend", () -> window().side().list().words().contains("FRIENDS"));
  }

  @Test
  void aClickOnSomebodyOpensThePrivateChat() {
    page.choose("Anna");
    Ui.await("title", () -> window().shell().getText().endsWith("Chatroom – Anna"));
    page.send("psst");
    page.awaitRow("psst");
    assertEquals(1, service.commands(Command.Direct.class).size());
  }

  @Test
  void aRoomIsMadeAndWhatTheServerRefusesIsSaidInTheWindow() {
    page.menu("chat.newRoom");
    service.refuseChange = Problem.ROOM_NAME_TAKEN;
    Ui.run(() -> Widgets.text(Ui.display(), "room.name").setText("Attic"));
    pressIn("newRoom", "form.ok");
    Ui.await(
        "said",
        () ->
            problem("newRoom")
                .equals(
                    "Another room has this name, or one that looks like it. Choose another one."));
    service.refuseChange = null;
    pressIn("newRoom", "form.ok");
    Ui.await("title", () -> window().shell().getText().endsWith("– # Attic"));
    assertTrue(Ui.ask(() -> Widgets.shell(Ui.display(), "newRoom").isEmpty()));
    Command.Create made = service.commands(Command.Create.class).getLast();
    assertEquals(RoomKind.PUBLIC, made.kind());
  }

  private static String problem(String dialog) {
    Shell shell = Widgets.shell(Ui.display(), dialog).orElseThrow();
    var label = (org.eclipse.swt.widgets.Label) Widgets.find(shell, dialog + ".problem");
    return label.getText();
  }

  @Test
  void aFriendIsAskedByName() {
    page.menu("chat.addFriend");
    Ui.run(() -> Widgets.text(Ui.display(), "friend.name").setText("Nobody"));
    pressIn("addFriend", "form.ok");
    Ui.await("said", () -> problem("addFriend").equals("There is nobody of this name."));
    Ui.run(() -> Widgets.text(Ui.display(), "friend.name").setText("Anna"));
    pressIn("addFriend", "form.ok");
    Ui.await("closed", () -> Widgets.shell(Ui.display(), "addFriend").isEmpty());
    assertEquals(
        List.of(new Command.UpdateContact(2, ContactAction.REQUEST)),
        service.commands(Command.UpdateContact.class));
  }

  @Test
  void publicRoomsAreFoundAndJoined() {
    service.publicRooms.add(FakeService.info(50, RoomKind.PUBLIC, "Lantern", NOBODY));
    page.menu("chat.browse");
    pick("goals", "lan");
    Ui.await("joined", () -> window().shell().getText().endsWith("– # Lantern"));
    assertEquals(50, service.commands(Command.Join.class).getFirst().room());
  }

  @Test
  void theSwitcherLeadsToRoomsAndPeople() {
    page.menu("view.switch");
    pick("goals", "lab");
    Ui.await("lab", () -> window().shell().getText().endsWith("– # Lab"));
    Ui.settle();
    page.menu("view.switch");
    pick("goals", "ann");
    Ui.await("anna", () -> window().shell().getText().endsWith("– Anna"));
  }

  @Test
  void leavingARoomAsksAndRefusalsAreSaidInTheBanner() {
    service.refuseChange = Problem.NOT_ALLOWED;
    Ui.run(() -> window().dialogs().leave(window().model().room(LAB)));
    pressIn("ask", "ask.yes");
    Ui.await(
        "banner",
        () -> ((Banner) Widgets.find(window().shell(), "banner")).text().startsWith("You may not"));
    service.refuseChange = null;
    Ui.run(() -> window().dialogs().leave(window().model().room(LAB)));
    pressIn("ask", "ask.yes");
    Ui.await("gone", () -> window().model().room(LAB) == null);
  }

  @Test
  void namesAreCompletedByTab() {
    page.write("Hello @an");
    Ui.await("offered", () -> window().compose().mention().words().equals(List.of("Anna")));
    Ui.run(() -> {
      Event tab = new Event();
      tab.detail = SWT.TRAVERSE_TAB_NEXT;
      tab.doit = true;
      window().compose().text().notifyListeners(SWT.Traverse, tab);
      assertFalse(tab.doit);
    });
    assertEquals("Hello @Anna ", page.draft());
    Ui.await("closed", () -> !window().compose().mention().shown());
    page.write("@");
    Ui.await("offered", () -> window().compose().mention().shown());
    page.enter(0);
    assertEquals("Hello @Anna @Anna ", page.draft());
    assertEquals(List.of(), service.sent);
  }

  @Test
  void whoWritesIsShown() {
    service.tell(new ClientEvent.Typing(FakeService.LOBBY, ANNA));
    Ui.await("typing", () -> window().typing().words().equals("Anna is writing …"));
    service.say(ANNA, "there");
    Ui.await("over", () -> window().typing().words().isEmpty());
  }

  @Test
  void aQuoteLeadsToWhatItAnswersAndBack() {
    for (int i = 0; i < 150; i++) {
      service.past(ANNA, "filler " + i);
    }
    service.happening(ANNA, new Content.Text("late answer", 2, false, List.of(), ""));
    service.enter();
    page.awaitRow("late answer");
    Ui.settle();
    Ui.run(() -> {
      int row = view().rows().size() - 1;
      Rectangle body = view().picture(row).body();
      Widgets.click(view(), body.x + 20, view().topOf(row) + body.y + 20);
    });
    Ui.await("past", () -> window().model().current().past());
    page.awaitRow("Who comes?");
    assertEquals(1, Ui.ask(() -> view().cursor()));
    Ui.settle();
    page.press("newest");
    Ui.await("now", () -> !window().model().current().past());
    page.awaitRow("late answer");
    assertTrue(page.atEnd());
  }

  @Test
  void whatIsFoundIsGoneToAndLeft() {
    service.past(ANNA, "会议改到下午三点");
    for (int i = 0; i < 150; i++) {
      service.past(ANNA, "filler " + i);
    }
    service.enter();
    page.awaitRow("filler 149");
    page.menu("edit.find");
    find("下午");
    Ui.await("hit", () -> window().findPane().list().items().size() == 1);
    assertTrue(found().getFirst().endsWith(": 会议改到下午三点"), found().toString());
    find("下午");
    Ui.await("past", () -> window().model().current().past());
    page.awaitRow("会议改到下午三点");
    assertEquals(3, Ui.ask(() -> view().cursor()));
    find("nobody said that");
    Ui.await("nothing", () -> found().isEmpty());
    page.press("find.close");
    Ui.settle();
    page.press("newest");
    Ui.await("now", () -> !window().model().current().past());
    assertFalse(Ui.ask(() -> window().findPane().isVisible()));
  }

  private List<String> found() {
    return Ui.ask(() -> window().findPane().list().words());
  }

  private void find(String words) {
    Ui.run(() -> {
      Text field = (Text) Widgets.find(window().shell(), "find.field");
      field.setText(words);
      field.notifyListeners(SWT.DefaultSelection, new Event());
    });
  }

  @Test
  void whoSomebodyIsIsShownWithWhatCanBeDone() {
    Ui.run(() -> window().dialogs().person(ANNA));
    pressIn("person", "person.befriend");
    assertEquals(
        List.of(new Command.UpdateContact(2, ContactAction.REQUEST)),
        service.commands(Command.UpdateContact.class));
    assertTrue(Ui.ask(() -> Widgets.shell(Ui.display(), "person").isEmpty()));
  }

  @Test
  void theOwnProfileIsChangedWithAPicture() throws Exception {
    var data =
        new org.eclipse.swt.graphics.ImageData(
            400, 300, 24, new org.eclipse.swt.graphics.PaletteData(0xff0000, 0xff00, 0xff));
    var loader = new org.eclipse.swt.graphics.ImageLoader();
    loader.data = new org.eclipse.swt.graphics.ImageData[] {data};
    Path file = folder.resolve("me.jpg");
    loader.save(file.toString(), SWT.IMAGE_JPEG);
    page.menu("chat.profile");
    Ui.await("dialog", () -> Widgets.shell(Ui.display(), "profile").isPresent());
    Ui.run(() -> Widgets.text(Ui.display(), "profile.display").setText(" Robin R. "));
    studio.outside.choice = List.of(folder.resolve("gone.png"));
    pressIn("profile", "picture.choose");
    Ui.await(
        "refused",
        () -> problem("profile").startsWith("This can't be read as a picture. PNG, JPEG, GIF"));
    studio.outside.choice = List.of(file);
    pressIn("profile", "picture.choose");
    Ui.await("chosen", () -> problem("profile").startsWith("me.jpg becomes"));
    pressIn("profile", "form.ok");
    Ui.await("closed", () -> Widgets.shell(Ui.display(), "profile").isEmpty());
    assertEquals("Robin R.", service.commands(Command.SetProfile.class).getFirst().display());
    assertTrue(service.picture.length > 100);
    Person pictured = new Person(8, "Carla", "", 5);
    service.came(pictured);
    Ui.await("fetched", () -> service.calls.contains("picture of 8"));
    Ui.settle();
    assertEquals(1, service.calls.stream().filter("picture of 8"::equals).count());
  }

  @Test
  void aRoomShowsItsMembersAndAnOwnerManagesThem() {
    service.others.clear();
    service.others.add(
        FakeService.room(
            FakeService.info(LAB, RoomKind.PRIVATE, "Lab", NOBODY),
            new RoomState(Rank.OWNER, 0, 0, 0, 0, 0, false, "")));
    service.enter();
    page.choose("Lab");
    page.menu("view.room");
    Ui.await("members", () -> memberList().words().equals(List.of("Robin", "Anna")));
    List<String> offered =
        Ui.ask(() -> {
          RoomActions actions = new RoomActions(window().model());
          Room lab = window().model().room(LAB);
          MemberContent content =
              new MemberContent(window().look(), window().model(), lab, actions, _ -> {});
          var choices = content.choices(lab.members().getLast());
          choices.stream()
              .filter(c -> c.key().equals("member.banDay"))
              .findFirst()
              .get()
              .action()
              .run();
          return choices.stream().map(ItemList.Choice::key).toList();
        });
    assertTrue(offered.containsAll(List.of("member.moderator", "member.kick", "member.ban")));
    Command.Moderate ban = service.commands(Command.Moderate.class).getFirst();
    assertEquals(ModerationAction.BAN, ban.action());
    assertTrue(ban.until() > System.currentTimeMillis());
    pressIn("room", "room.edit");
    Ui.run(() -> Widgets.text(Ui.display(), "room.topic").setText("quiet please"));
    pressIn("editRoom", "form.ok");
    Ui.await("set", () -> service.commands(Command.SetRoom.class).size() == 1);
    assertEquals(
        "quiet please",
        service.commands(Command.SetRoom.class).getFirst().change().topic().orElseThrow());
    pressIn("room", "room.invite");
    service.came(new Person(8, "Carla"));
    Ui.settle();
    pick("goals", "carl");
    Ui.await("invited", () -> service.commands(Command.Moderate.class).size() == 2);
    assertEquals(8, service.commands(Command.Moderate.class).getLast().account());
    service.tell(new ClientEvent.RoomGone(LAB));
    Ui.await("closed", () -> Widgets.shell(Ui.display(), "room").isEmpty());
  }

  @Test
  void howFarAnOwnMessageHasGotIsSeenAndSaid() {
    page.choose("Anna");
    Ui.await("chat", () -> window().model().current().direct());
    page.send("psst");
    page.awaitRow("Sent: psst");
    Room room = Ui.ask(() -> window().model().current());
    Ui.settle();
    int light = lightPoints();
    service.tell(new ClientEvent.Marked(room.id(), new ReadMark(2, 1, 0)));
    page.awaitRow("Delivered to Anna: psst");
    Ui.await("two ticks are not one", () -> lightPoints() != light);
    int delivered = lightPoints();
    service.tell(new ClientEvent.Marked(room.id(), new ReadMark(2, 1, 1)));
    page.awaitRow("Read by Anna: psst");
    Ui.await("a disc is more than two ticks", () -> lightPoints() > delivered + 30);
    Ui.run(() -> {
      Rectangle body = view().picture(0).body();
      RowPicture.Spot spot =
          view().picture(0).at(body.x + body.width - 18, body.y + body.height - 14);
      assertEquals(new RowPicture.Spot.Ticks("Read by Anna"), spot);
    });
  }

  /** Points of the sign's colour in the corner where it is drawn. */
  private int lightPoints() {
    return Ui.ask(() -> {
      view().update();
      Rectangle body = view().picture(0).body();
      int left = body.x + body.width - 30;
      int top = view().topOf(0) + body.y + body.height - 26;
      Image image = new Image(Ui.display(), 28, 24);
      GC gc = new GC(view());
      gc.copyArea(image, left, top);
      gc.dispose();
      ImageData data = image.getImageData();
      image.dispose();
      int light = 0;
      for (int y = 0; y < data.height; y++) {
        for (int x = 0; x < data.width; x++) {
          RGB rgb = data.palette.getRGB(data.getPixel(x, y));
          light += rgb.red > 120 ? 1 : 0;
        }
      }
      return light;
    });
  }

  private void enterLab(Rank rank, long picture) {
    service.others.clear();
    service.others.add(
        FakeService.room(
            new RoomInfo(
                LAB, RoomKind.PRIVATE, RoomSettings.of("Lab", "quiet please"), picture, 2, NOBODY),
            new RoomState(rank, 0, 0, 0, 0, 0, false, "")));
    service.enter();
    page.choose("Lab");
    page.menu("view.room");
    Ui.await("details", () -> Widgets.shell(Ui.display(), "room").isPresent());
  }

  private Path portrait(String name) {
    var data =
        new org.eclipse.swt.graphics.ImageData(
            400, 300, 24, new org.eclipse.swt.graphics.PaletteData(0xff0000, 0xff00, 0xff));
    for (int x = 0; x < 400; x++) {
      for (int y = 0; y < 300; y++) {
        data.setPixel(x, y, 0xff8000);
      }
    }
    var loader = new org.eclipse.swt.graphics.ImageLoader();
    loader.data = new org.eclipse.swt.graphics.ImageData[] {data};
    Path file = folder.resolve(name);
    loader.save(file.toString(), SWT.IMAGE_PNG);
    return file;
  }

  @Test
  void aModeratorGivesTheRoomAPictureAndTakesItAway() throws Exception {
    enterLab(Rank.MODERATOR, 0);
    Path webp =
        Files.write(
            folder.resolve("lab.webp"), "RIFF....WEBPVP8 ".getBytes(StandardCharsets.UTF_8));
    pressIn("room", "room.edit");
    studio.outside.choice = List.of(webp);
    pressIn("editRoom", "picture.choose");
    Ui.await("refused", () -> problem("editRoom").contains("PNG, JPEG, GIF and BMP can be"));
    studio.outside.choice = List.of(portrait("lab.png"));
    pressIn("editRoom", "picture.choose");
    Ui.await("chosen", () -> problem("editRoom").startsWith("lab.png becomes"));
    pressIn("editRoom", "form.ok");
    Ui.await("closed", () -> Widgets.shell(Ui.display(), "editRoom").isEmpty());
    assertTrue(service.calls.contains("set picture of room " + LAB));
    assertTrue(service.picture.length > 100);
    assertEquals(List.of(), service.commands(Command.SetRoom.class), "nothing else was changed");
    tellPicture(4);
    Ui.await("fetched", () -> service.calls.contains("picture of room " + LAB));
    Ui.settle();
    assertEquals(1, service.calls.stream().filter(("picture of room " + LAB)::equals).count());
    RGB orange = new RGB(255, 128, 0);
    Ui.await("in the details", () -> colours("room").contains(orange));
    Ui.await("in the window", () -> colours("main").contains(orange));
    pressIn("room", "room.edit");
    pressIn("editRoom", "picture.remove");
    pressIn("editRoom", "form.ok");
    Ui.await("removed", () -> service.picture.length == 0);
    tellPicture(0);
    Ui.await("no more", () -> !colours("room").contains(orange));
  }

  private void tellPicture(long number) {
    service.tell(
        new ClientEvent.RoomChanged(
            new RoomInfo(
                LAB, RoomKind.PRIVATE, RoomSettings.of("Lab", "quiet please"), number, 2, NOBODY),
            new RoomState(Rank.MODERATOR, 0, 0, 0, 0, 0, false, "")));
    Ui.await("told", () -> window().model().room(LAB).info().picture() == number);
  }

  /** What can be seen of a window. */
  private static Set<RGB> colours(String id) {
    Ui.settle();
    return Ui.ask(() -> {
      Shell shell = Widgets.shell(Ui.display(), id).orElseThrow();
      Rectangle area = shell.getClientArea();
      Image image = new Image(Ui.display(), area.width, area.height);
      GC gc = new GC(shell);
      gc.copyArea(image, 0, 0);
      gc.dispose();
      ImageData data = image.getImageData();
      image.dispose();
      Set<RGB> found = new HashSet<>();
      for (int y = 0; y < data.height; y++) {
        for (int x = 0; x < data.width; x++) {
          found.add(data.palette.getRGB(data.getPixel(x, y)));
        }
      }
      return found;
    });
  }

  @Test
  void aMemberSeesThePictureOfARoomAndIsOfferedNoChange() {
    service.picture = new byte[] {1, 2, 3};
    enterLab(Rank.MEMBER, 9);
    Ui.await("fetched", () -> service.calls.contains("picture of room " + LAB));
    Shell shell = Ui.ask(() -> Widgets.shell(Ui.display(), "room").orElseThrow());
    assertTrue(Ui.ask(() -> Widgets.look(shell, "room.edit").isEmpty()));
    Ui.settle();
  }

  private static ItemList<?> memberList() {
    Shell shell = Widgets.shell(Ui.display(), "room").orElseThrow();
    return (ItemList<?>) Widgets.find(shell, "room.members");
  }

  @Test
  void theListBearsTwoThousandRooms() {
    for (int i = 0; i < 2_000; i++) {
      RoomInfo info = FakeService.info(1_000 + i, RoomKind.PUBLIC, "room " + i, NOBODY);
      service.others.add(
          FakeService.room(
              info,
              FakeService.place(0, 1, i % 3, 0, false),
              FakeService.entry(1_000 + i, 1, ANNA, i, new Content.Text("x"))));
    }
    long start = System.nanoTime();
    service.enter();
    Ui.await("rooms", () -> window().side().list().items().size() > 2_000);
    Ui.settle();
    long entered = (System.nanoTime() - start) / 1_000_000;
    start = System.nanoTime();
    for (int i = 0; i < 100; i++) {
      service.tell(
          new ClientEvent.Added(
              FakeService.entry(1_000 + i * 7, 2, ANNA, 9_000 + i, new Content.Text("new"))));
    }
    Room last = Ui.ask(() -> window().model().room(1_000 + 99 * 7));
    Ui.await("counted", () -> last.active() == 9_099);
    Ui.settle();
    long added = (System.nanoTime() - start) / 1_000_000;
    System.out.println(
        "BENCH 2,000 rooms: enter " + entered + " ms, 100 messages in 100 rooms " + added + " ms");
    assertTrue(entered < 3_000, "entered in " + entered + " ms");
    assertTrue(added < 1_000, "added in " + added + " ms");
  }
}
