// SPDX-License-Identifier: Apache-2.0
package chat.desktop.ui;

import chat.client.ClientConfig;
import chat.client.ClientEvent;
import chat.client.ClientEvent.Transfer;
import chat.client.Link;
import chat.desktop.FakeService;
import chat.desktop.model.platform.ThemeChoice;
import chat.protocol.Availability;
import chat.protocol.Contact;
import chat.protocol.Content;
import chat.protocol.Device;
import chat.protocol.Event;
import chat.protocol.Person;
import chat.protocol.PresenceStatus;
import chat.protocol.Problem;
import chat.protocol.Rank;
import chat.protocol.ReadMark;
import chat.protocol.Relation;
import chat.protocol.RoomInfo;
import chat.protocol.RoomKind;
import chat.protocol.RoomSettings;
import chat.protocol.RoomState;
import chat.protocol.RoomView;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.ImageData;
import org.eclipse.swt.graphics.ImageLoader;
import org.eclipse.swt.graphics.PaletteData;
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
    service.statuses.add(new PresenceStatus(BJOERN.account(), Availability.AWAY));
    service.statuses.add(new PresenceStatus(MING.account(), Availability.DO_NOT_DISTURB));
    service.contacts.add(new Contact(new Person(40, "Wilhelmina"), Relation.INCOMING, false));
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

  /** The private chat with Anna. */
  static final long DIRECT = 60;

  /** A room with a picture, of which the user is an owner. */
  static final long GARDEN = 54;

  /** A picture like one that a camera makes: a sky, a sun and hills. */
  private static Path landscape() throws IOException {
    int width = 1200;
    int height = 800;
    ImageData data = new ImageData(width, height, 24, new PaletteData(0xff0000, 0xff00, 0xff));
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        double hills = 520 + 90 * Math.sin(x / 170.0) + 40 * Math.sin(x / 61.0);
        boolean sun = Math.hypot(x - 830, y - 230) < 90;
        int sky = 0x5b9bd5 + (y / 8 << 16 & 0xff0000) + (y / 12 << 8);
        int green = 0x2f6b3a + (y - 500 >> 3 << 8);
        data.setPixel(x, y, y > hills ? green : sun ? 0xffe28a : sky);
      }
    }
    ImageLoader loader = new ImageLoader();
    loader.data = new ImageData[] {data};
    Path file = Files.createTempDirectory("gallery").resolve("hills.png");
    loader.save(file.toString(), SWT.IMAGE_PNG);
    return file;
  }

  /** Two rooms with pictures, one person with one, and a private chat in all its states. */
  private static void pictured(FakeService service, Path picture) throws IOException {
    service.picture = Files.readAllBytes(small(picture));
    service.online.replaceAll(
        person -> person.equals(BJOERN) ? new Person(4, "Björn", "", 7) : person);
    service.others.replaceAll(room ->
        switch ((int) room.room()) {
          case 50 -> withPicture(room, 3);
          case (int) DIRECT -> FakeService.room(room.info(), room.state(), talked(service));
          default -> room;
        });
    RoomInfo lab =
        new RoomInfo(
            GARDEN,
            RoomKind.PRIVATE,
            RoomSettings.of("garden & hills", "Walks, plants and what grows – 花园"),
            9,
            3,
            NOBODY);
    RoomState owner = new RoomState(Rank.OWNER, 0, 0, 0, 0, 0, false, "");
    Content first = new Content.Text("Who comes on Sunday?");
    service.others.add(
        FakeService.room(
            lab, owner, FakeService.entry(GARDEN, 1, ANNA, service.clock + 9_000, first)));
  }

  private static Path small(Path picture) throws IOException {
    ImageData whole = new ImageLoader().load(picture.toString())[0].scaledTo(300, 200);
    ImageLoader loader = new ImageLoader();
    loader.data = new ImageData[] {whole};
    Path file = picture.resolveSibling("small.png");
    loader.save(file.toString(), SWT.IMAGE_PNG);
    return file;
  }

  private static RoomView withPicture(RoomView room, long picture) {
    RoomInfo info = room.info();
    return FakeService.room(
        new RoomInfo(
            info.room(), info.kind(), info.settings(), picture, info.members(), info.peer()),
        room.state(),
        room.entries().toArray(Event.Entry[]::new));
  }

  private static Event.Entry[] talked(FakeService service) {
    long now = service.clock;
    String plan = "The plan is ready. 计划好了。";
    return new Event.Entry[] {
      FakeService.entry(DIRECT, 1, ANNA, now - 90_000, new Content.Text("Have you a minute?")),
      FakeService.entry(DIRECT, 2, FakeService.ME, now - 80_000, new Content.Text("Of course!")),
      FakeService.entry(DIRECT, 3, FakeService.ME, now - 70_000, new Content.Text(plan)),
      FakeService.entry(
          DIRECT,
          4,
          FakeService.ME,
          now - 60_000,
          new Content.File("plan.pdf", "application/pdf", 240_000, new byte[32])),
      FakeService.entry(
          DIRECT, 5, FakeService.ME, now - 50_000, new Content.Text("Can you look at it today?"))
    };
  }

  private static void devices(FakeService service) {
    long now = service.clock;
    long day = 86_400_000;
    for (Device device :
        List.of(
            new Device(new UUID(1, 1), "Linux", "192.0.2.17", now - 40 * day, now, true),
            new Device(new UUID(2, 2), "Robins 笔记本", "192.0.2.18", now - 9 * day, now, false),
            new Device(new UUID(3, 3), "command line", "2001:db8::1f", now - day, now, false),
            new Device(
                new UUID(4, 4), "Windows 11", "198.51.100.7", now - 80 * day, now - day, false))) {
      service.account.devices.add(device);
    }
  }

  /** What is on its way from this computer, drawn from its own file. */
  private static void sending(FakeService service, Path picture) throws IOException {
    long size = Files.size(picture);
    service.transfer(
        UUID.randomUUID(),
        Transfer.Way.UP,
        "hills.png",
        picture,
        size * 2 / 3,
        size,
        new Transfer.Running());
  }

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
          "company-edit",
          "company-profile",
          "company-person",
          "company-export",
          "company-exporting",
          "company-exported",
          "company-export-account",
          "company-devices",
          "company-password",
          "company-end",
          "company-end-refused",
          "company-invite",
          "company-invited",
          "company-direct",
          "company-sending" -> {
        Path picture = landscape();
        pictured(service, picture);
        if (scene.equals("company-exporting")) {
          service.exportGoesOn = new CountDownLatch(1);
        }
        devices(service);
        stage.openMain(Integer.parseInt(args[3]), Integer.parseInt(args[4]));
        service.enter();
        service.tell(new ClientEvent.Marked(DIRECT, new ReadMark(ANNA.account(), 4, 2)));
        if (scene.equals("company-sending")) {
          sending(service, picture);
        }
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
