// SPDX-License-Identifier: Apache-2.0
package chat.protocol.classic;

import chat.protocol.AdapterAction;
import chat.protocol.Command;
import chat.protocol.Limits;
import chat.protocol.Problem;
import chat.protocol.Reply;
import chat.protocol.classic.Memory.Phase;
import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/** One call of the adapter: what is remembered, and the steps that come of it. */
final class AdapterCall {
  /** Who speaks where no user does. */
  static final String SERVER = "<Server>";

  /** Longer than this a client's window does not stand still for a command to be tried again. */
  private static final long LONGEST_WAIT = 30_000;

  private static final int OWN = 256;

  /** What tasks do. */
  interface Tasks {
    Command command(Task task, AdapterCall turn);

    void answered(Task task, AdapterCall turn, Reply reply);
  }

  private final Tasks tasks;
  private final Memory memory;
  private final InstantSource clock;
  private final ZoneId zone;
  private final Supplier<UUID> ids;
  private final List<AdapterAction> steps = new ArrayList<>();

  AdapterCall(Tasks tasks, Memory memory, InstantSource clock, ZoneId zone, Supplier<UUID> ids) {
    this.tasks = tasks;
    this.memory = memory;
    this.clock = clock;
    this.zone = zone;
    this.ids = ids;
  }

  Memory memory() {
    return memory;
  }

  ZoneId zone() {
    return zone;
  }

  List<AdapterAction> steps() {
    return steps;
  }

  long now() {
    return clock.millis();
  }

  boolean isLive() {
    return memory.phase() == Phase.LIVE;
  }

  void send(byte[] frame) {
    steps.add(new AdapterAction.Send(frame));
  }

  void sendAll(List<byte[]> frames) {
    frames.forEach(this::send);
  }

  /** Tells the client something in words, if it can hear it. */
  void notice(String words) {
    if (isLive()) {
      sendAll(Frames.text(SERVER, words));
    }
  }

  /** The client said something that is none of its words, or that it may not say. */
  void complain(String why) {
    report("not understood: " + why);
    send(Frames.of("900"));
  }

  /** For the server's log. */
  void report(String what) {
    steps.add(new AdapterAction.ReportError(what));
  }

  void close(String why) {
    report(why);
    steps.add(new AdapterAction.Close());
  }

  /** The own id of a command; what comes back under it is not shown to who said it. */
  UUID id(String key) {
    UUID id = memory.id("request." + key, ids);
    Set<UUID> own = memory.set("own");
    if (own.add(id) && own.size() > OWN) {
      own.remove(own.iterator().next());
    }
    return id;
  }

  /** At its log-in page a window that stands still has nothing to show for it. */
  private static boolean isTooMany(Task task, Reply.Failed failed) {
    return failed.problem() == Problem.TOO_MANY
        && switch (task) {
          case LOG_IN, REGISTER, PROVE -> true;
          default -> false;
        };
  }

  /** The request in work, as the client said it. */
  Request request() {
    byte[] bytes = memory.bytes("request.bytes");
    RequestReader reader = new RequestReader(memory.text("name"), memory.phase() != Phase.DOOR);
    return switch (reader.read(ByteBuffer.wrap(bytes))) {
      case RequestReader.Found.Whole(Request request, int end) -> request;
      case RequestReader.Found.Perhaps(Request request, int end) -> request;
      case RequestReader.Found.Half _,
          RequestReader.Found.Begun _,
          RequestReader.Found.TooLong _,
          RequestReader.Found.Refused _,
          RequestReader.Found.Bad _ ->
          throw new IllegalStateException("the request in work is none");
    };
  }

  /** The request goes on with this command. */
  void ask(Task task) {
    memory.task(task);
    askAgain(task);
  }

  void askAgain(Task task) {
    Command command = tasks.command(task, this);
    int correlation = memory.nextCorrelation();
    memory.number("asked", correlation);
    memory.number("deadline", 0);
    steps.add(new AdapterAction.RunCommand(correlation, command));
  }

  /** The request in work has its answer. */
  void answered(Task task, Reply reply) {
    memory.number("asked", 0);
    if (reply instanceof Reply.Failed failed
        && isWorthAnotherTry(failed)
        && !isTooMany(task, failed)) {
      waitFor(failed.retryAfter());
    } else {
      tasks.answered(task, this, reply);
    }
  }

  static boolean isWorthAnotherTry(Reply.Failed failed) {
    return failed.retryAfter() > 0
        && failed.retryAfter() <= LONGEST_WAIT
        && failed.problem().isTransient();
  }

  /** The request is over. */
  void done() {
    memory.endRequest();
  }

  void waitFor(long millis) {
    memory.number("deadline", now() + millis);
    wakeAfter(millis);
  }

  void wakeAfter(long millis) {
    steps.add(new AdapterAction.StartTimer(millis));
  }

  /** Whether waiting is over; if not, it goes on. */
  boolean isOver() {
    long left = memory.number("deadline") - now();
    if (left > 0) {
      wakeAfter(left);
    }
    return left <= 0;
  }

  /** Bytes of a file in one command. */
  int chunk() {
    long agreed = memory.number("chunk");
    return agreed == 0 ? Limits.DEFAULT.chunk() : (int) agreed;
  }

  /** Entries of one page. */
  int page() {
    long agreed = memory.number("page");
    return agreed == 0 ? Limits.DEFAULT.page() : (int) agreed;
  }
}
