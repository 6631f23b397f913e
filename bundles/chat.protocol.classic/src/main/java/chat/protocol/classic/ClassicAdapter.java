// SPDX-License-Identifier: Apache-2.0
package chat.protocol.classic;

import chat.protocol.AdapterAction;
import chat.protocol.Event;
import chat.protocol.Person;
import chat.protocol.ProtocolAdapter;
import chat.protocol.Reply;
import chat.protocol.classic.Memory.Phase;
import chat.protocol.classic.RequestReader.Found;
import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** Speaks for the original client. Keeps no state; may be called from any thread. */
@Component(immediate = true, property = "chat.protocol.format=" + ClassicAdapter.NAME)
public final class ClassicAdapter implements ProtocolAdapter {
  static final String NAME = "classic";

  /** How long the rest of a request may take. */
  private static final long HALF_REQUEST = 10_000;

  /** After which silence a request is whole that does not say how long it is. */
  private static final long SILENCE = 200;

  private static final AdapterCall.Tasks TASKS = new TaskHandlers();

  private final InstantSource clock;
  private final ZoneId zone;
  private final Supplier<UUID> ids;

  /** With the time of this machine. */
  @Activate
  public ClassicAdapter() {
    this(InstantSource.system(), ZoneId.systemDefault(), UUID::randomUUID);
  }

  /**
   * @param zone of the times that the client shows
   * @param ids gives a random one each time
   */
  public ClassicAdapter(InstantSource clock, ZoneId zone, Supplier<UUID> ids) {
    this.clock = clock;
    this.zone = zone;
    this.ids = ids;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public int passwordMin() {
    return LoginRequests.PASSWORD_MIN;
  }

  @Override
  public boolean acceptsInput(Map<String, Object> remembered) {
    Memory memory = new Memory(remembered);
    return memory.isOfThisForm() && memory.task() == null;
  }

  @Override
  public boolean acceptsEvents(Map<String, Object> remembered) {
    Memory memory = new Memory(remembered);
    return memory.isOfThisForm() && memory.phase() == Phase.LIVE;
  }

  private AdapterCall turn(Map<String, Object> remembered) {
    return new AdapterCall(TASKS, new Memory(remembered), clock, zone, ids);
  }

  @Override
  public List<AdapterAction> begin(Map<String, Object> remembered) {
    AdapterCall turn = turn(remembered);
    Memory memory = turn.memory();
    if (memory.isNew()) {
      memory.makeNew();
      turn.ask(Task.HELLO);
    } else if (!memory.isOfThisForm()) {
      turn.close("another build remembered this connection in another form");
    } else {
      goOn(turn);
    }
    return turn.steps();
  }

  /** What has no answer is asked again. */
  private static void goOn(AdapterCall turn) {
    Memory memory = turn.memory();
    Task task = memory.task();
    if (UploadRequests.goesOn(memory)) {
      memory.number("request.waits", 0);
      turn.ask(Task.OFFER);
    } else if (task != null) {
      memory.number("request.again", 1);
      turn.askAgain(task);
    } else if (memory.number("deadline") > 0 && turn.isOver()) {
      turn.wakeAfter(1);
    }
    memory.number("opening", 0);
    PushedEvents.openNext(turn);
  }

  @Override
  public List<AdapterAction> received(ByteBuffer bytes, Map<String, Object> remembered) {
    AdapterCall turn = turn(remembered);
    Memory memory = turn.memory();
    if (SkippedInput.goesOn(memory)) {
      SkippedInput.heard(memory, bytes);
    } else if (UploadRequests.waits(memory)) {
      UploadRequests.heard(turn, bytes);
    } else if (bytes.hasRemaining()) {
      read(turn, bytes);
    }
    return turn.steps();
  }

  private static void read(AdapterCall turn, ByteBuffer bytes) {
    Memory memory = turn.memory();
    RequestReader reader = new RequestReader(memory.text("name"), memory.phase() != Phase.DOOR);
    switch (reader.read(bytes)) {
      case Found.Whole(Request request, int end) -> begin(turn, bytes, end, request);
      case Found.Perhaps(Request request, int end) -> {
        if (isSilent(turn, bytes.remaining(), SILENCE)) {
          begin(turn, bytes, end, request);
        }
      }
      case Found.Half half -> {
        if (isSilent(turn, bytes.remaining(), HALF_REQUEST)) {
          drop(turn, bytes, "half a request");
        }
      }
      case Found.Begun begun -> turn.done();
      case Found.TooLong(long characters, int end) -> {
        bytes.position(end);
        turn.done();
        turn.notice("Your message was not sent: it is too long.");
        SkippedInput.characters(turn, characters);
      }
      case Found.Refused(String why, long characters, long size, int end) -> {
        bytes.position(end);
        turn.done();
        turn.complain(why);
        SkippedInput.characters(turn, characters);
        SkippedInput.bytes(turn, size);
      }
      case Found.Bad(String why) -> drop(turn, bytes, why);
    }
  }

  /** Whether nothing more has come for so long. */
  private static boolean isSilent(AdapterCall turn, int there, long millis) {
    if (turn.memory().number("seen") != there) {
      turn.memory().number("seen", there);
      turn.waitFor(millis);
      return false;
    }
    return turn.isOver();
  }

  private static void drop(AdapterCall turn, ByteBuffer bytes, String why) {
    bytes.position(bytes.limit());
    turn.done();
    turn.complain(why);
  }

  private static void begin(AdapterCall turn, ByteBuffer bytes, int end, Request request) {
    byte[] taken = new byte[end - bytes.position()];
    bytes.get(taken);
    turn.done();
    Memory memory = turn.memory();
    memory.bytes("request.bytes", taken);
    switch (request) {
      case Request.LogIn logIn -> LoginRequests.begin(turn, logIn);
      case Request.Register register -> LoginRequests.begin(turn, register);
      case Request.Say say -> MessageRequests.begin(turn, say);
      case Request.SendFile file -> UploadRequests.begin(turn, file);
      case Request.Online online -> {
        ListRequests.online(turn);
        turn.done();
      }
      case Request.Files files -> ListRequests.beginFiles(turn);
      case Request.History(String own) ->
          asOneself(turn, own, () -> ListRequests.beginHistory(turn));
      case Request.Friends(String own) ->
          asOneself(
              turn,
              own,
              () -> {
                ListRequests.friends(turn);
                turn.done();
              });
      case Request.PrivateHistory history ->
          asOneself(turn, history.own(), () -> ListRequests.begin(turn, history));
      case Request.Befriend befriend ->
          asOneself(turn, befriend.own(), () -> FriendRequests.begin(turn, befriend));
      case Request.Download download ->
          asOneself(turn, download.own(), () -> DownloadRequests.begin(turn, download));
    }
  }

  /** Nobody asks in the name of somebody else. */
  private static void asOneself(AdapterCall turn, String own, Runnable request) {
    if (own.equals(turn.memory().text("name"))) {
      request.run();
    } else {
      turn.done();
      turn.complain("not the own name");
    }
  }

  @Override
  public List<AdapterAction> onTimer(Map<String, Object> remembered) {
    AdapterCall turn = turn(remembered);
    Memory memory = turn.memory();
    Task task = memory.task();
    boolean over = memory.number("deadline") > 0 && turn.isOver();
    if (over && task != null && memory.number("asked") == 0) {
      turn.askAgain(task);
    }
    PushedEvents.openNext(turn);
    return turn.steps();
  }

  @Override
  public List<AdapterAction> onReply(int correlation, Reply reply, Map<String, Object> remembered) {
    AdapterCall turn = turn(remembered);
    Memory memory = turn.memory();
    Task task = memory.task();
    if (correlation == 0) {
      return turn.steps();
    }
    if (correlation == memory.number("opening")) {
      PushedEvents.opened(turn, reply);
    } else if (correlation == memory.number("asked") && task != null) {
      turn.answered(task, reply);
    }
    return turn.steps();
  }

  @Override
  public List<AdapterAction> onEvent(Event event, Map<String, Object> remembered) {
    AdapterCall turn = turn(remembered);
    PushedEvents.told(turn, event);
    return turn.steps();
  }

  @Override
  public List<AdapterAction> onPresence(List<Person> people, Map<String, Object> remembered) {
    AdapterCall turn = turn(remembered);
    PushedEvents.present(turn, people);
    return turn.steps();
  }
}
