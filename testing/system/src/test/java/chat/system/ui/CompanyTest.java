// SPDX-License-Identifier: Apache-2.0
package chat.system.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.desktop.model.app.MessageActions;
import chat.desktop.model.app.RoomActions;
import chat.desktop.model.room.Room;
import chat.desktop.model.room.Row;
import chat.desktop.model.text.Language;
import chat.desktop.ui.Ui;
import chat.desktop.ui.Widgets;
import chat.desktop.view.widget.Palette;
import chat.protocol.ModerationAction;
import chat.protocol.Person;
import chat.protocol.Relation;
import chat.protocol.RoomKind;
import java.nio.file.Path;
import java.util.List;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.ImageData;
import org.eclipse.swt.graphics.ImageLoader;
import org.eclipse.swt.graphics.PaletteData;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.swt.widgets.Text;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Two people become friends, make rooms and change what they said, over a real server. */
@Tag("window")
@Timeout(300)
@ExtendWith(Ui.class)
class CompanyTest {
  @TempDir Path folder;
  private DesktopFixture office;
  private DesktopUser anna;
  private DesktopUser ming;

  @BeforeEach
  void open() throws Exception {
    office = new DesktopFixture(folder);
    anna = enter(new DesktopUser("Anna", office.server(), folder.resolve("anna")), 0);
    ming =
        enter(
            new DesktopUser(
                "小明", office.server(), folder.resolve("ming"), Language.ZH, Palette.dark()),
            700);
  }

  private DesktopUser enter(DesktopUser desk, int x) {
    return office.enter(desk, x, 690, 800);
  }

  @AfterEach
  void close() throws InterruptedException {
    office.close();
  }

  private static void looksAway(DesktopUser desk) {
    Ui.run(() -> desk.page().window().shell().notifyListeners(SWT.Deactivate, new Event()));
  }

  private static void looks(DesktopUser desk) {
    Ui.run(() -> desk.page().window().shell().notifyListeners(SWT.Activate, new Event()));
  }

  private static void fill(
      DesktopUser desk, String menu, String dialog, String field, String text) {
    desk.page().menu(menu);
    Ui.await(dialog, () -> Widgets.shell(Ui.display(), dialog).isPresent());
    Ui.run(() -> {
      Widgets.text(Ui.display(), field).setText(text);
      Shell shell = Widgets.shell(Ui.display(), dialog).orElseThrow();
      Widgets.send(Widgets.find(shell, "form.ok"));
    });
    Ui.await(dialog + " closes", () -> Widgets.shell(Ui.display(), dialog).isEmpty());
  }

  private static Row.MessageRow told(DesktopUser desk, String text) {
    return Ui.ask(() ->
        desk.model().current().shown().rows().stream()
            .filter(Row.MessageRow.class::isInstance)
            .map(Row.MessageRow.class::cast)
            .filter(row -> row.text().equals(text))
            .reduce((_, last) -> last)
            .orElseThrow(() -> new AssertionError(desk.name() + " does not see " + text)));
  }

  private static MessageActions messages(DesktopUser desk) {
    return new MessageActions(desk.model());
  }

  private static void awaitRoom(DesktopUser desk, String name) {
    Ui.await(
        desk.name() + " has " + name,
        () -> desk.model().rooms().stream().anyMatch(room -> room.name().equals(name)));
  }

  private static Room room(DesktopUser desk, String name) {
    return Ui.ask(() ->
        desk.model().rooms().stream()
            .filter(room -> room.name().equals(name))
            .findFirst()
            .orElseThrow());
  }

  @Test
  void twoBecomeFriends() {
    fill(anna, "chat.addFriend", "addFriend", "friend.name", "小明");
    String request = "Anna, " + ming.words("side.wants");
    Ui.await("request", () -> ming.page().side().contains(request));
    ming.page().choose(request);
    for (DesktopUser desk : office.desks()) {
      Ui.await(
          desk.name() + " has a friend",
          () -> desk.model().people().contacts(Relation.FRIEND).size() == 1);
    }
    assertTrue(anna.page().side().contains("FRIENDS"));
  }

  @Test
  void aPrivateChatWaitsForWhoIsAwayAndCounts() throws Exception {
    Ui.await("here", () -> anna.page().side().contains("小明"));
    anna.page().choose("小明");
    Ui.await("chat", () -> anna.model().current().direct());
    anna.says("到了吗？");
    anna.awaitSaid("到了吗？");
    Room shown = ming.model().current();
    awaitRoom(ming, "Anna");
    assertEquals(shown, ming.model().current(), "a private chat takes no focus");
    Ui.await("counted", () -> room(ming, "Anna").unread() == 1);
    ming.close();
    office.desks().remove(ming);
    Ui.await("gone", () -> anna.model().online().size() == 1);
    anna.says("我在门口。");
    anna.awaitSaid("我在门口。");
    ming =
        new DesktopUser("小明", office.server(), folder.resolve("ming"), Language.ZH, Palette.dark());
    office.desks().add(ming);
    ming.comesBack();
    awaitRoom(ming, "Anna");
    Ui.await("counted", () -> room(ming, "Anna").unread() == 2);
    looks(ming);
    Ui.run(() -> ming.model().select(room(ming, "Anna")));
    ming.awaitSaid("我在门口。");
    Ui.await("read", () -> room(ming, "Anna").unread() == 0);
    long last = told(anna, "我在门口。").entry().number();
    Ui.await("Anna sees that it was read", () -> anna.model().current().readers(last) == 1);
  }

  @Test
  void aRoomIsMadeSomebodyJoinsAndTheyTalk() {
    fill(anna, "chat.newRoom", "newRoom", "room.name", "实验室");
    Ui.await("made", () -> anna.model().current().name().equals("实验室"));
    Ui.run(() -> new RoomActions(ming.model()).join(anna.model().current().id()));
    Ui.await("joined", () -> ming.model().current().name().equals("实验室"));
    anna.says("@小明 欢迎！");
    ming.awaitSaid("@小明 欢迎！");
    Row.Said said = (Row.Said) told(ming, "@小明 欢迎！");
    assertTrue(said.names(Ui.ask(() -> ming.model().account())));
  }

  @Test
  void whatWasSaidIsAnsweredChangedReactedToAndDeleted() {
    anna.says("meeting at tree");
    ming.awaitSaid("meeting at tree");
    Ui.run(() -> messages(anna).editLast(anna.model().current()));
    Ui.await("text", () -> anna.page().composeText().getText().equals("meeting at tree"));
    Ui.run(() -> anna.page().composeText().setText("meeting at three"));
    anna.page().enter(0);
    ming.awaitSaid("meeting at three");
    Ui.run(() -> messages(ming).reply(told(ming, "meeting at three")));
    ming.says("好的");
    anna.awaitSaid("好的");
    Row.Said answer = (Row.Said) told(anna, "好的");
    assertEquals("meeting at three", answer.quote().text());
    Ui.run(() -> messages(anna).react(told(anna, "好的"), "👍"));
    Ui.await("reaction", () -> told(ming, "好的").state().reactions().size() == 1);
    Ui.run(() -> messages(ming).react(told(ming, "好的"), "👍"));
    Ui.await("both", () -> told(anna, "好的").state().reactions().getFirst().people().size() == 2);
    Ui.run(() -> messages(ming).delete(told(ming, "好的")));
    anna.page().awaitRow("This message was deleted");
    ming.page().awaitRow(ming.words("message.deleted"));
  }

  @Test
  void aPrivateRoomIsMadeAndSomebodyIsInvitedAndPutOut() {
    Ui.run(() -> new RoomActions(anna.model()).create(RoomKind.PRIVATE, "Attic", "dust"));
    Ui.await("made", () -> anna.model().current().name().equals("Attic"));
    Ui.await("here", () -> anna.page().side().contains("小明"));
    Person guest =
        Ui.ask(() ->
            anna.model().online().stream()
                .filter(person -> person.name().equals("小明"))
                .findFirst()
                .orElseThrow());
    Room attic = room(anna, "Attic");
    Ui.run(() -> new RoomActions(anna.model()).manage(attic, guest, ModerationAction.INVITE, 0));
    String invitation = "Attic, 由 Anna 邀请";
    Ui.await("asked", () -> ming.page().side().contains(invitation));
    ming.page().choose(invitation);
    awaitRoom(ming, "Attic");
    Ui.run(() -> anna.model().loadMembers(attic));
    Ui.await("members", () -> attic.members().size() == 2);
    Ui.run(() -> new RoomActions(anna.model()).manage(attic, guest, ModerationAction.KICK, 0));
    Ui.await("gone", () -> ming.model().rooms().stream().noneMatch(r -> r.name().equals("Attic")));
    Ui.await("told", () -> anna.notices().contains("Anna removed 小明"));
  }

  @Test
  void chineseIsFoundAndGoneToInThePast() {
    anna.says("会议改到下午三点，大家记得更新日历。");
    for (int i = 0; i < 80; i++) {
      anna.says("filler " + i);
    }
    ming.awaitSaid("filler 79");
    ming.page().menu("edit.find");
    Ui.run(() -> {
      Text field = (Text) Widgets.find(ming.page().window().shell(), "find.field");
      field.setText("下午三点");
      field.notifyListeners(SWT.DefaultSelection, new Event());
    });
    Ui.await("found", () -> ming.page().found().size() == 1);
    ming.page().goToFound();
    ming.awaitSaid("会议改到下午三点，大家记得更新日历。");
    Ui.await("shown", () -> ming.page().rowWithCursor().endsWith("大家记得更新日历。"));
    Ui.run(() -> ming.model().backToNow(ming.model().current()));
    ming.awaitSaid("filler 79");
  }

  @Test
  void aPictureIsSetInOneWindowAndSeenInTheOther() {
    ImageData data = new ImageData(300, 200, 24, new PaletteData(0xff0000, 0xff00, 0xff));
    ImageLoader loader = new ImageLoader();
    loader.data = new ImageData[] {data};
    Path file = folder.resolve("me.png");
    loader.save(file.toString(), SWT.IMAGE_PNG);
    anna.page().menu("chat.profile");
    Ui.await("dialog", () -> Widgets.shell(Ui.display(), "profile").isPresent());
    anna.studio().outside.choice = List.of(file);
    press("profile", "picture.choose");
    Ui.await("chosen", () -> problem().startsWith("me.png"));
    Ui.run(() -> Widgets.text(Ui.display(), "profile.display").setText("Anna K."));
    press("profile", "form.ok");
    Ui.await(
        "seen",
        () ->
            ming.model().online().stream()
                .anyMatch(person -> person.shown().equals("Anna K.") && person.picture() > 0));
    Ui.await("fetched", () -> ming.calls().contains("pictureOf"));
    Ui.await("listed", () -> ming.page().side().contains("Anna K."));
  }

  private static void press(String dialog, String button) {
    Ui.run(() ->
        Widgets.send(Widgets.find(Widgets.shell(Ui.display(), dialog).orElseThrow(), button)));
  }

  private static String problem() {
    Shell shell = Widgets.shell(Ui.display(), "profile").orElseThrow();
    return ((Label) Widgets.find(shell, "profile.problem")).getText();
  }

  @Test
  void whoWritesAndWhatWasReadIsSeenByTheOther() {
    looksAway(ming);
    looks(anna);
    anna.says("seen?");
    ming.awaitSaid("seen?");
    anna.awaitSaid("seen?"); // her own is there once it has its number
    Ui.await("counted", () -> ming.model().current().unread() == 1);
    long number = told(anna, "seen?").entry().number();
    looks(ming);
    Ui.await("read", () -> ming.model().current().unread() == 0);
    Ui.await("mark", () -> anna.model().current().readers(number) == 1);
    ming.page().write("看");
    Ui.await("typing", () -> anna.model().current().typing().size() == 1);
    Ui.await("draft", () -> ming.model().current().place().draft().equals("看"));
  }
}
