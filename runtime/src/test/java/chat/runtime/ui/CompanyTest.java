package chat.runtime.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.desktop.model.Language;
import chat.desktop.model.MessageActions;
import chat.desktop.model.Room;
import chat.desktop.model.RoomActions;
import chat.desktop.model.Row;
import chat.desktop.ui.Ui;
import chat.desktop.ui.Widgets;
import chat.desktop.view.Palette;
import chat.protocol.Relation;
import chat.prove.ServerProcess;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Shell;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Two people become friends, make rooms and change what they said, over a real server. */
@Timeout(300)
@ExtendWith(Ui.class)
class CompanyTest {
  @TempDir Path folder;
  private ServerProcess server;
  private Desk anna;
  private Desk ming;
  private final List<Desk> all = new ArrayList<>();

  @BeforeEach
  void open() throws Exception {
    server = ServerProcess.on(folder.resolve("data"), ServerProcess.Store.SQLITE).start();
    anna = enter(new Desk("Anna", server, folder.resolve("anna")), 0);
    ming = enter(new Desk("小明", server, folder.resolve("ming"), Language.ZH, Palette.dark()), 700);
  }

  private Desk enter(Desk desk, int x) {
    all.add(desk);
    return desk.registers().at(x, 0, 690, 800);
  }

  @AfterEach
  void close() throws InterruptedException {
    for (Desk desk : all) {
      desk.close();
    }
    server.close();
    for (Desk desk : all) {
      assertEquals(List.of(), desk.slow(), "in the thread of the windows");
    }
  }

  private static void looksAway(Desk desk) {
    Ui.run(() -> desk.page().window().shell().notifyListeners(
            SWT.Deactivate, new org.eclipse.swt.widgets.Event()));
  }

  private static void looks(Desk desk) {
    Ui.run(() -> desk.page().window().shell().notifyListeners(
            SWT.Activate, new org.eclipse.swt.widgets.Event()));
  }

  private static void fill(Desk desk, String menu, String dialog, String field, String text) {
    desk.page().menu(menu);
    Ui.await(dialog, () -> Widgets.shell(Ui.display(), dialog).isPresent());
    Ui.run(() -> {
      Widgets.text(Ui.display(), field).setText(text);
      Shell shell = Widgets.shell(Ui.display(), dialog).orElseThrow();
      Widgets.send(Widgets.find(shell, "form.ok"));
    });
    Ui.await(dialog + " closes", () -> Widgets.shell(Ui.display(), dialog).isEmpty());
  }

  private static Row.Told told(Desk desk, String text) {
    return Ui.ask(() ->
        desk.model().current().shown().rows().stream()
            .filter(Row.Told.class::isInstance)
            .map(Row.Told.class::cast)
            .filter(row -> row.text().equals(text))
            .reduce((_, last) -> last)
            .orElseThrow(() -> new AssertionError(desk.name() + " does not see " + text)));
  }

  private static MessageActions messages(Desk desk) {
    return new MessageActions(desk.model());
  }

  private static void awaitRoom(Desk desk, String name) {
    Ui.await(
        desk.name() + " has " + name,
        () -> desk.model().rooms().stream().anyMatch(room -> room.name().equals(name)));
  }

  private static Room room(Desk desk, String name) {
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
    for (Desk desk : all) {
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
    all.remove(ming);
    Ui.await("gone", () -> anna.model().online().size() == 1);
    anna.says("我在门口。");
    anna.awaitSaid("我在门口。");
    ming = new Desk("小明", server, folder.resolve("ming"), Language.ZH, Palette.dark());
    all.add(ming);
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
    Ui.await("reaction", () -> told(ming, "好的").later().reactions().size() == 1);
    Ui.run(() -> messages(ming).react(told(ming, "好的"), "👍"));
    Ui.await(
        "both",
        () -> told(anna, "好的").later().reactions().getFirst().people().size() == 2);
    Ui.run(() -> messages(ming).delete(told(ming, "好的")));
    anna.page().awaitRow("This message was deleted");
    ming.page().awaitRow(ming.words("message.deleted"));
  }

  @Test
  void whoWritesAndWhatWasReadIsSeenByTheOther() {
    looksAway(ming);
    looks(anna);
    anna.says("seen?");
    ming.awaitSaid("seen?");
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
