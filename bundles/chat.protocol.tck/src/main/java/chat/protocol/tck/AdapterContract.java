// SPDX-License-Identifier: Apache-2.0
package chat.protocol.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.protocol.Command;
import chat.protocol.Content;
import chat.protocol.Event;
import chat.protocol.Person;
import chat.protocol.ProtocolAdapter;
import chat.protocol.Rank;
import chat.protocol.Reply;
import chat.protocol.RoomInfo;
import chat.protocol.RoomState;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every adapter keeps to, whatever its clients' words look like. */
public interface AdapterContract {

  /** Longer than any adapter waits for the rest of a request. */
  long A_WHILE = 120_000;

  /** A new adapter; two of them must be interchangeable at any time. */
  ProtocolAdapter adapter(InstantSource clock);

  /**
   * What a client says to log in as Anna of the {@link ModelServer} and until it can hear of news,
   * one request each.
   */
  List<byte[]> entering();

  /** What it says then: each of its requests at least once, a file of 200,000 bytes among them. */
  List<byte[]> talking();

  /** The most bytes of a frame. */
  int maxFrame();

  private List<byte[]> everything() {
    List<byte[]> all = new ArrayList<>(entering());
    all.addAll(talking());
    return all;
  }

  private AdapterSimulation rehearsal() {
    return new AdapterSimulation(furnished(), this::adapter);
  }

  private static ModelServer furnished() {
    ModelServer server = new ModelServer();
    for (int i = 0; i < 8; i++) {
      server.stands(RoomInfo.LOBBY, ModelServer.BOB, new Content.Text("text\n" + i + "\tend"));
    }
    server.stands(ModelServer.BOB, "notes.txt", "what was noted".getBytes(StandardCharsets.UTF_8));
    long room = server.direct(ModelServer.CAROL);
    server.stands(room, ModelServer.CAROL, new Content.Text("between us"));
    return server;
  }

  private AdapterSimulation said(AdapterSimulation rehearsal) {
    rehearsal.begins();
    for (byte[] request : everything()) {
      rehearsal.says(request).waits(1_000);
    }
    return rehearsal;
  }

  /** Its memory must be for one adapter only. */
  private Function<InstantSource, ProtocolAdapter> oneOnly() {
    List<ProtocolAdapter> one = new ArrayList<>();
    return clock -> {
      if (one.isEmpty()) {
        one.add(adapter(clock));
      }
      return one.getFirst();
    };
  }

  @Test
  default void everyRequestIsUnderstoodAndFollowed() {
    AdapterSimulation rehearsal = said(rehearsal());
    assertEquals(List.of(), rehearsal.complaints());
    assertEquals(0, rehearsal.unread());
    assertTrue(rehearsal.reads());
    assertFalse(rehearsal.isClosed());
    assertTrue(
        rehearsal.server().entries().stream()
            .anyMatch(
                entry -> entry.content() instanceof Content.File file && file.size() == 200_000),
        "the file of 200,000 bytes is not there");
  }

  @Test
  default void halfARequestIsLeftAlone() {
    List<String> whole = hex(said(rehearsal()).sent());
    AdapterSimulation bitByBit = rehearsal().begins();
    SplittableRandom random = new SplittableRandom(1);
    for (byte[] request : everything()) {
      for (int at = 0; at < request.length; ) {
        int step = request.length > 10_000 ? 1 + random.nextInt(5_000) : 1;
        int to = Math.min(request.length, at + step);
        bitByBit.says(Arrays.copyOfRange(request, at, to));
        at = to;
      }
      bitByBit.waits(1_000);
    }
    assertEquals(whole, hex(bitByBit.sent()));
    assertEquals(List.of(), bitByBit.complaints());
  }

  @Test
  default void aFreshInterpreterForEachCallGivesTheSameDialogue() {
    assertEquals(
        hex(said(new AdapterSimulation(furnished(), oneOnly())).sent()),
        hex(said(rehearsal()).sent()));
  }

  @Test
  default void theMemoryHoldsTheJdksTypesOnly() {
    AdapterSimulation rehearsal = rehearsal().begins();
    for (byte[] request : everything()) {
      for (int half : new int[] {request.length / 2, request.length}) {
        int from = half == request.length ? request.length / 2 : 0;
        rehearsal.says(Arrays.copyOfRange(request, from, half));
        ofTheJdk(rehearsal.remembered());
      }
      rehearsal.waits(1_000);
      ofTheJdk(rehearsal.remembered());
    }
  }

  private static void ofTheJdk(Object value) {
    Class<?> type = value.getClass();
    while (type.isArray()) {
      type = type.getComponentType();
    }
    assertTrue(
        type.isPrimitive() || type.getClassLoader() == null, "remembered: " + value.getClass());
    switch (value) {
      case Map<?, ?> map ->
          map.forEach((key, each) -> {
            ofTheJdk(key);
            ofTheJdk(each);
          });
      case Iterable<?> list -> list.forEach(AdapterContract::ofTheJdk);
      case Object[] array -> Arrays.stream(array).forEach(AdapterContract::ofTheJdk);
      default -> {}
    }
  }

  @Test
  default void noFrameIsLongerThanAClientTakes() {
    AdapterSimulation rehearsal = said(rehearsal());
    for (int seed = 0; seed < 20; seed++) {
      Samples samples = new Samples(new SplittableRandom(seed));
      samples.each(Event.class).forEach(rehearsal::tells);
      rehearsal.tells(entry(RoomInfo.LOBBY, new Content.Text("长".repeat(5_000))));
      rehearsal.tells(entry(RoomInfo.LOBBY, new Content.Text("👩‍👩‍👧‍👦\n".repeat(500))));
    }
    List<Person> crowd =
        IntStream.range(0, 1_000).mapToObj(i -> new Person(i + 10, "长".repeat(28) + i)).toList();
    rehearsal.present(crowd).present(List.of());
    List<byte[]> sent = rehearsal.sent();
    assertTrue(sent.size() > 100, "hardly anything was said");
    for (byte[] frame : sent) {
      assertTrue(
          frame.length <= maxFrame(),
          () -> frame.length + " bytes: " + new String(frame, StandardCharsets.UTF_8));
    }
  }

  private static Event.Entry entry(long room, Content content) {
    return new Event.Entry(room, 1_000, new UUID(3, 3), ModelServer.BOB, 0, content);
  }

  @Test
  default void whateverTheBytesAreNothingIsThrownAndNothingStandsStill() {
    SplittableRandom random = new SplittableRandom(3);
    for (int round = 0; round < 300; round++) {
      AdapterSimulation rehearsal = rehearsal().begins();
      for (byte[] request : random.nextBoolean() ? everything() : entering()) {
        byte[] spoiled = request.clone();
        for (int flips = random.nextInt(3); flips > 0; flips--) {
          spoiled[random.nextInt(Math.min(60, spoiled.length))] ^= (byte) (1 << random.nextInt(8));
        }
        rehearsal.says(spoiled);
      }
      byte[] noise = new byte[random.nextInt(3_000)];
      random.nextBytes(noise);
      rehearsal.says(noise).waits(A_WHILE).waits(A_WHILE);
      assertEquals(0, rehearsal.unread(), "bytes that nobody takes, round " + round);
      assertTrue(rehearsal.reads() || rehearsal.isClosed(), "stands still, round " + round);
    }
  }

  @Test
  default void whateverIsAnsweredAndToldNothingIsThrown() {
    for (int seed = 0; seed < 10; seed++) {
      List<byte[]> requests = everything();
      for (int upTo = 0; upTo <= requests.size(); upTo++) {
        AdapterSimulation rehearsal = rehearsal().begins();
        requests.subList(0, upTo).forEach(request -> rehearsal.says(request).waits(1_000));
        Samples samples = new Samples(new SplittableRandom(seed));
        samples.each(Event.class).forEach(rehearsal::tells);
        for (Reply reply : samples.each(Reply.class)) {
          rehearsal.answered(0, reply);
        }
      }
    }
    Samples samples = new Samples(new SplittableRandom(11));
    for (Reply reply : samples.each(Reply.class)) {
      for (int at = 0; at < 12; at++) {
        AdapterSimulation rehearsal = rehearsal().losesAnswer(at).begins();
        for (byte[] request : everything()) {
          rehearsal.says(request);
        }
        // One of these is the correlation of the command that has no answer.
        for (int correlation = 0; correlation < 40; correlation++) {
          rehearsal.answered(correlation, reply);
        }
      }
    }
  }

  @Test
  default void afterAnExchangeWhatHasNoAnswerIsAskedAgainAndHappensOnce() {
    List<Object> contents = contents(said(rehearsal()));
    int commands = said(rehearsal()).asked().size();
    for (int lost = 0; lost < commands; lost++) {
      AdapterSimulation rehearsal = rehearsal().losesAnswer(lost).begins();
      for (byte[] request : everything()) {
        rehearsal.says(request).waits(1_000);
        if (!rehearsal.reads()) {
          rehearsal.begins();
        }
        rehearsal.waits(1_000);
      }
      assertEquals(contents, contents(rehearsal), "the answer to command " + lost + " was lost");
      assertTrue(rehearsal.reads(), "stands still");
    }
  }

  private static List<Object> contents(AdapterSimulation rehearsal) {
    return rehearsal.server().entries().stream()
        .map(entry ->
            entry.content() instanceof Content.File file
                ? List.of(
                    file.name(),
                    HexFormat.of().formatHex(rehearsal.server().content(entry.number())))
                : entry.content())
        .map(Object.class::cast)
        .toList();
  }

  @Test
  default void newsWaitUntilTheClientCanHearThem() {
    AdapterSimulation rehearsal = rehearsal().begins();
    Event news = entry(RoomInfo.LOBBY, new Content.Text("news"));
    for (byte[] request : entering()) {
      assertFalse(rehearsal.tells(news), "news before it had entered");
      rehearsal.says(request).waits(1_000);
    }
    assertTrue(rehearsal.tells(news), "no news after it had entered");
  }

  @Test
  default void correlationsAreUsedOnce() {
    Map<Integer, Command> used = new LinkedHashMap<>();
    Function<InstantSource, ProtocolAdapter> watched =
        clock ->
            new ObservedAdapter(
                adapter(clock),
                ask -> {
                  Command before = used.put(ask.correlation(), ask.command());
                  assertEquals(null, before, "correlation " + ask.correlation());
                });
    said(new AdapterSimulation(furnished(), watched)).begins();
    assertFalse(used.isEmpty());
  }

  @Test
  default void aRoomThatAppearsIsFollowed() {
    AdapterSimulation rehearsal = said(rehearsal());
    long room = rehearsal.server().direct(ModelServer.BOB);
    RoomState place = new RoomState(Rank.MEMBER, 0, 0, 0, 0, 0, false, "");
    rehearsal.tells(new Event.RoomChanged(rehearsal.server().info(room), place));
    assertTrue(
        rehearsal.asked().stream()
            .anyMatch(asked -> asked instanceof Command.Open open && open.room() == room));
  }

  private static List<String> hex(List<byte[]> frames) {
    return frames.stream().map(frame -> HexFormat.of().formatHex(frame)).toList();
  }

  /** All requests in one go. */
  @Test
  default void requestsOfOneReadAreCarriedOutOneByOne() {
    ByteArrayOutputStream stream = new ByteArrayOutputStream();
    entering().forEach(stream::writeBytes);
    AdapterSimulation rehearsal = rehearsal().begins().says(stream.toByteArray()).waits(1_000);
    assertEquals(List.of(), rehearsal.complaints());
    assertTrue(rehearsal.tells(entry(RoomInfo.LOBBY, new Content.Text("news"))));
  }
}
