// SPDX-License-Identifier: Apache-2.0
package chat.server;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.protocol.Command;
import chat.protocol.Event;
import chat.protocol.Limits;
import chat.protocol.ModerationAction;
import chat.protocol.Problem;
import chat.protocol.Reply;
import chat.protocol.RoomKind;
import chat.server.ServerFixture.Somebody;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Pictures come and go in parts; a new one has a new number, by which clients know it. */
@Timeout(60)
class PictureTest {
  private static final int PART = 32 << 10;
  private static final long OWN = 0;

  @TempDir Path folder;
  private ServerFixture server;
  private Somebody anna;
  private Somebody boris;

  @BeforeEach
  void open() throws Exception {
    server = new ServerFixture(folder, "anna", "boris");
    anna = server.one(0);
    boris = server.one(1);
  }

  @AfterEach
  void close() {
    server.close();
  }

  private static byte[] png(int size) {
    byte[] png = new byte[size];
    new Random(size).nextBytes(png);
    byte[] signature = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
    System.arraycopy(signature, 0, png, 0, signature.length);
    return png;
  }

  private static Reply sets(Somebody by, long room, byte[] picture) {
    Reply last = by.asks(part(room, picture, 0));
    for (int at = PART; at < picture.length; at += PART) {
      assertEquals(at, assertInstanceOf(Reply.UploadProgress.class, last).offset());
      last = by.asks(part(room, picture, at));
    }
    return last;
  }

  private static Command part(long room, byte[] picture, int at) {
    byte[] bytes = Arrays.copyOfRange(picture, at, Math.min(at + PART, picture.length));
    return new Command.SetPicture(room, picture.length, at, bytes);
  }

  private static byte[] fetches(Somebody by, long account, long room) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    while (true) {
      Command next = new Command.Picture(account, room, all.size(), PART);
      byte[] bytes = assertInstanceOf(Reply.Data.class, by.asks(next)).bytes();
      if (bytes.length == 0) {
        return all.toByteArray();
      }
      all.writeBytes(bytes);
    }
  }

  private long numberOf(Somebody somebody) {
    return server.directory().accounts().person(somebody.account()).picture();
  }

  @Test
  void aPictureThatCameInPartsIsFetchedInPartsByOthers() {
    byte[] picture = png(2 * PART + 100);
    assertInstanceOf(Reply.Done.class, sets(anna, OWN, picture));
    assertArrayEquals(picture, fetches(boris, anna.account(), 0));
  }

  @Test
  void eachNewPictureHasANewNumberAndNoPictureHasNone() {
    assertEquals(0, numberOf(anna));
    sets(anna, OWN, png(100));
    long first = numberOf(anna);
    sets(anna, OWN, png(200));
    assertNotEquals(0, first);
    assertNotEquals(first, numberOf(anna));
    assertInstanceOf(Reply.Done.class, sets(anna, OWN, new byte[0]));
    assertEquals(0, numberOf(anna));
    assertEquals(
        Problem.FILE_UNKNOWN, boris.problem(new Command.Picture(anna.account(), 0, 0, PART)));
  }

  @Test
  void whatIsNoPictureOrTooLargeOrOutOfOrderIsRefused() {
    byte[] text = "no picture at all".getBytes(StandardCharsets.UTF_8);
    assertEquals(Problem.FILE_INVALID, anna.problem(part(OWN, text, 0)));
    assertEquals(
        Problem.TOO_LARGE,
        anna.problem(new Command.SetPicture(OWN, Limits.PICTURE + 1, 0, png(100))));
    assertEquals(Problem.TOO_LARGE, anna.problem(new Command.SetPicture(OWN, 50, 0, png(100))));
    assertEquals(Problem.MALFORMED, anna.problem(part(OWN, png(3 * PART), PART)));
    assertEquals(
        Problem.TOO_LARGE, anna.problem(new Command.Picture(anna.account(), 0, 0, 1 << 20)));
    assertEquals(0, numberOf(anna));
  }

  @Test
  void aRoomsPictureIsSetByModeratorsAndToldToItsMembers() throws Exception {
    long room = anna.makes(RoomKind.PRIVATE, "garden");
    anna.bringsIn(boris, room);
    assertEquals(Problem.NOT_ALLOWED, boris.problem(part(room, png(100), 0)));
    anna.does(ModerationAction.MAKE_MODERATOR, boris, room);
    server.settle();
    anna.hears();
    assertNull(boris.problem(part(room, png(100), 0)));
    server.settle();
    assertTrue(
        anna.hears().stream()
            .anyMatch(said ->
                said instanceof Event.RoomChanged changed
                    && changed.info().room() == room
                    && changed.info().picture() != 0));
    assertArrayEquals(png(100), fetches(anna, 0, room));
  }

  @Test
  void thePictureOfARoomIsForWhomMayKnowOfTheRoom() {
    long open = anna.makes(RoomKind.PUBLIC, "open");
    long secret = anna.makes(RoomKind.PRIVATE, "secret");
    for (long room : new long[] {open, secret}) {
      sets(anna, room, png(100));
    }
    assertArrayEquals(png(100), fetches(boris, 0, open));
    assertEquals(Problem.ROOM_UNKNOWN, boris.problem(new Command.Picture(0, secret, 0, PART)));
    assertEquals(Problem.ROOM_UNKNOWN, boris.problem(new Command.Picture(0, 4_711, 0, PART)));
    assertEquals(Problem.ROOM_UNKNOWN, boris.problem(part(secret, png(100), 0)));
  }

  @Test
  void picturesAreChangedOnlySoOften() throws Exception {
    Problem last = null;
    for (int i = 0; i < 100 && last == null; i++) {
      last = anna.problem(part(OWN, png(100 + i), 0));
    }
    assertEquals(Problem.TOO_MANY, last);
    assertEquals(Map.of("TOO_MANY", 1L), server.server().load().refusals());
  }
}
