package chat.desktop.ui;

import chat.client.ClientConfig;
import chat.client.ClientEvent;
import chat.client.ClientEvent.Transfer;
import chat.client.Link;
import chat.desktop.FakeService;
import chat.desktop.model.ThemeChoice;
import chat.protocol.Availability;
import chat.protocol.Contact;
import chat.protocol.Content;
import chat.protocol.Person;
import chat.protocol.Problem;
import chat.protocol.ReadMark;
import chat.protocol.Relation;
import chat.protocol.RoomKind;
import chat.protocol.Standing;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.swt.widgets.Display;

/**
 * The scenes of which the pictures in the documentation are taken. Not a test: run it to look at
 * the windows without a server.
 */
final class Gallery {
  static final Person ANNA = new Person(2, "Anna");
  static final Person MING = new Person(3, "小明");
  static final Person BJOERN = new Person(4, "Björn");

  private Gallery() {}

  /** A room in which some people have talked for a while. */
  static FakeService talk() {
    FakeService service = new FakeService();
    service.clock = Instant.now().toEpochMilli() - 40_000L * 13;
    service.config =
        new ClientConfig(Path.of("unused"), "chat.example.org", 7667, "", "", "en", 50, 5);
    for (String name : new String[] {"Chiara", "Dmitri", "Émile", "Shirley"}) {
      service.online.add(new Person(10 + name.length() * 3L, name));
    }
    service.online.add(ANNA);
    service.online.add(MING);
    service.online.add(BJOERN);
    service
        .past(ANNA, "Good morning! Shall we exchange the storage while everybody is here? 😄")
        .past(MING, "早上好！今天的会议改到下午三点，大家记得更新日历。")
        .past(MING, "The notes are at https://example.org/docs/hot-swap (two pages).")
        .past(FakeService.ME, "Sounds good. I will keep writing while you do it.")
        .past(FakeService.ME, "Family 👨‍👩‍👧, flags 🇨🇳 🇩🇪 and a heart ❤️ – مرحبا שלום")
        .past(BJOERN, "👋🎉")
        .pastFile(BJOERN, "quarterly-report-with-a-rather-long-name-2026.pdf", 2_400_000)
        .pastFile(FakeService.ME, "site-plan.png", 730_000)
        .past(
            ANNA,
            "A longer message, to see how lines break: nothing that was acknowledged is lost,"
                + " doubled or put in another order, and nobody is cut off whose connection the"
                + " exchange does not touch. Only the parts behind it are new.")
        .past(BJOERN, "at chat.server.Router.route(Router.java:117)\n  at chat.server.Session")
        .past(
            BJOERN,
            "> Shall we exchange the storage?\n**Yes**, at *three*, ~~not at two~~:\n"
                + "- `./chatroom stores` first\n- then\n```\n./chatroom swap new.jar\n```")
        .past(FakeService.ME, "**Good**, see _you_ at https://example.org, `ok` 重要的是**备份** 👍");
    return service;
  }

  /** The same with everything that can stand around a message, and other rooms beside it. */
  static FakeService company() {
    FakeService service = talk();
    long now = service.clock;
    service.happening(BJOERN, new Content.Edited(10, "at chat.server.Router.route", List.of()));
    for (Person person : List.of(ANNA, MING, FakeService.ME)) {
      service.happening(person, new Content.Reacted(9, "👍", true));
    }
    service.happening(ANNA, new Content.Reacted(9, "🎉", true));
    service.happening(ANNA, new Content.Pinned(9, true));
    service.happening(ANNA, new Content.Reacted(12, "❤️", true));
    service.happening(MING, new Content.Deleted(6));
    service.happening(
        ANNA,
        new Content.Text(
            "@Robin, will you bring the cables?", 4, true, List.of(FakeService.ME.account()), ""));
    service.happening(
        FakeService.ME, new Content.Text("Yes, all of them.", 21, false, List.of(), ""));
    service.happening(MING, new Content.Text("会议室在三楼，门口有标志。", 0, false, List.of(), "Chiara"));
    service.place = FakeService.place(20, 22, 1, 0, false);
    service.marks.add(new ReadMark(2, 30, 21));
    service.standings.add(new Standing(BJOERN.account(), Availability.AWAY));
    service.standings.add(new Standing(MING.account(), Availability.DO_NOT_DISTURB));
    service.contacts.add(new Contact(new Person(40, "Wilhelmina"), Relation.WANTED, false));
    service.contacts.add(new Contact(new Person(41, "王芳"), Relation.FRIEND, false));
    other(service, 50, RoomKind.PUBLIC, "dev", NOBODY, 3, 0, false, now - 1);
    other(service, 51, RoomKind.PUBLIC, "闲聊", NOBODY, 12, 2, false, now - 2);
    other(service, 52, RoomKind.PRIVATE, "Board", NOBODY, 0, 0, false, now - 3);
    other(service, 53, RoomKind.PUBLIC, "builds", NOBODY, 240, 0, true, now - 4);
    other(service, 60, RoomKind.DIRECT, "", ANNA, 1, 0, false, now);
    other(service, 61, RoomKind.DIRECT, "", MING, 0, 0, false, now - 9);
    other(service, 62, RoomKind.DIRECT, "", new Person(42, "Zoë"), 0, 0, false, now - 10);
    service.publicRooms.add(FakeService.info(70, RoomKind.PUBLIC, "design", NOBODY));
    service.publicRooms.add(FakeService.info(71, RoomKind.PUBLIC, "读书会", NOBODY));
    return service;
  }

  private static final Person NOBODY = new Person(0, "");

  private static void other(
      FakeService service,
      long id,
      RoomKind kind,
      String name,
      Person peer,
      int unread,
      int mentions,
      boolean silent,
      long time) {
    service.others.add(
        FakeService.room(
            FakeService.info(id, kind, name, peer),
            FakeService.place(0, 9, unread, mentions, silent),
            FakeService.entry(id, 9, ANNA, time, new Content.Text("See you there!"))));
  }

  public static void main(String[] args) throws Exception {
    String scene = args[0];
    ThemeChoice theme = ThemeChoice.valueOf(args[2]);
    FakeService service = args[0].startsWith("company") ? company() : talk();
    Stage stage = new Stage(theme, args[1], service);
    Display display = stage.display();
    Person carl = new Person(5, "Carla");
    switch (scene) {
      case "welcome" -> {
        service.refuseLogIn = Problem.PASSWORD_WRONG;
        stage.openWelcome("chat.example.org", "Robin", "correct horse");
      }
      case "trust" -> {
        service.onStart = new Link.Untrusted("4f1d".repeat(16));
        stage.openWelcome("chat.example.org", "Robin", "correct horse");
      }
      case "changed" -> {
        service.onStart = new Link.KeyChanged("4f1d".repeat(16), "9a02".repeat(16));
        stage.openWelcome("chat.example.org", "Robin", "correct horse");
      }
      case "company",
          "company-switch",
          "company-mention",
          "company-reply",
          "company-room",
          "company-find",
          "company-details",
          "company-profile" -> {
        stage.openMain(Integer.parseInt(args[3]), Integer.parseInt(args[4]));
        service.enter();
        service.tell(new ClientEvent.Typing(FakeService.LOBBY, MING));
      }
      default -> {
        stage.openMain(Integer.parseInt(args[3]), Integer.parseInt(args[4]));
        service.enter();
        service.came(carl);
        service.say(carl, "Hello everyone 👋");
        service.went(carl);
        service.refuseText = Problem.TOO_MANY;
        service.send(1, "This one came too soon.");
        service.refuseText = null;
        service.holdTexts = true;
        service.send(1, "And this one waits for the connection …");
        UUID up = UUID.randomUUID();
        service.transfer(
            up,
            Transfer.Way.UP,
            "holiday.zip",
            Path.of("/home/robin/holiday.zip"),
            9_000_000,
            14_000_000,
            new Transfer.Running());
        stage.download(service.entries.get(7), Path.of("target/Downloads/site-plan.png"));
        service.downloaded(730_000, new Transfer.Finished());
        stage.download(service.entries.get(6), Path.of("target/Downloads/report.pdf"));
        service.downloaded(1_500_000, new Transfer.Running());
        if (scene.equals("lost")) {
          service.link(new Link.Lost("no route to host", Instant.now().plusSeconds(12)));
        }
      }
    }
    stage.afterwards(scene);
    while (!display.isDisposed()) {
      if (!display.readAndDispatch()) {
        display.sleep();
      }
    }
  }
}
