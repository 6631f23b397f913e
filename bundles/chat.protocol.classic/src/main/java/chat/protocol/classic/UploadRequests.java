// SPDX-License-Identifier: Apache-2.0
package chat.protocol.classic;

import chat.protocol.Command;
import chat.protocol.Limits;
import chat.protocol.Reply;
import chat.protocol.RoomInfo;
import java.net.URLConnection;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * 7: a file, piece by piece as it comes. What the server may ask for again is kept, at most {@link
 * Limits#AGAIN} bytes and a chunk, so that an upload outlives an exchange of the server. Bytes that
 * were announced are bytes of the file however long they take, and whatever becomes of it: nothing
 * in a file is ever read as a request.
 *
 * <pre>
 *   0 ───────── kept ───── sent ───── come ─────────── size
 *   the server has it │  may be asked │ not sent yet │ not come yet
 *                     └──── request.tail ────────────┘
 * </pre>
 */
final class UploadRequests {
  private static final int ATTEMPTS = 5;
  private static final String ANY_TYPE = "application/octet-stream";

  private UploadRequests() {}

  static void begin(AdapterCall turn, Request.SendFile file) {
    if (file.receiver().isEmpty()) {
      turn.ask(Task.OFFER);
    } else {
      refuse(turn);
    }
  }

  private static Request.SendFile file(AdapterCall turn) {
    return turn.request() instanceof Request.SendFile file
        ? file
        : new Request.SendFile("", "file", 0);
  }

  /** Whether the bytes of a file are awaited. */
  static boolean waits(Memory memory) {
    return memory.task() == null && memory.number("request.waits") > 0;
  }

  /** Whether a file is on its way, with the server or with the client. */
  static boolean goesOn(Memory memory) {
    return memory.task() == Task.OFFER || memory.task() == Task.CHUNK || waits(memory);
  }

  private static long kept(Memory memory) {
    return memory.number("request.kept");
  }

  private static long come(Memory memory) {
    return kept(memory) + memory.bytes("request.tail").length;
  }

  static Command offer(AdapterCall turn) {
    Request.SendFile file = file(turn);
    String type = URLConnection.guessContentTypeFromName(FieldText.file(file.name()));
    return new Command.StartUpload(
        turn.id("file"),
        RoomInfo.LOBBY,
        file.name(),
        type == null ? ANY_TYPE : type,
        file.size(),
        new byte[0]);
  }

  static void offered(AdapterCall turn, Reply reply) {
    Memory memory = turn.memory();
    switch (reply) {
      case Reply.UploadStarted offered
          when offered.offset() >= kept(memory) && offered.offset() <= come(memory) -> {
        memory.number("request.sent", offered.offset());
        proceed(turn);
      }
      case Reply.UploadStarted offered -> turn.ask(Task.WITHDRAW);
      case Reply.Posted posted -> finish(turn);
      default -> refuse(turn);
    }
  }

  /** Sends what is here, or waits for more. */
  private static void proceed(AdapterCall turn) {
    Memory memory = turn.memory();
    if (memory.number("request.sent") < come(memory)) {
      turn.ask(Task.CHUNK);
    } else if (come(memory) < file(turn).size()) {
      memory.task(null);
      memory.number("request.waits", 1);
    } else {
      again(turn); // all is there and the file is not: the server goes on from what it has
    }
  }

  private static void again(AdapterCall turn) {
    long attempts = turn.memory().number("request.attempts") + 1;
    turn.memory().number("request.attempts", attempts);
    turn.ask(attempts < ATTEMPTS ? Task.OFFER : Task.WITHDRAW);
  }

  static void heard(AdapterCall turn, ByteBuffer bytes) {
    Memory memory = turn.memory();
    if (!bytes.hasRemaining()) {
      return;
    }
    byte[] tail = memory.bytes("request.tail");
    long missing = file(turn).size() - come(memory);
    int length = (int) Math.min(Math.min(bytes.remaining(), turn.chunk()), missing);
    byte[] longer = Arrays.copyOf(tail, tail.length + length);
    bytes.get(longer, tail.length, length);
    memory.bytes("request.tail", longer);
    turn.ask(Task.CHUNK);
  }

  static Command chunk(AdapterCall turn) {
    Memory memory = turn.memory();
    byte[] tail = memory.bytes("request.tail");
    int from = (int) (memory.number("request.sent") - kept(memory));
    int to = Math.min(tail.length, from + turn.chunk());
    return new Command.UploadChunk(
        turn.id("file"), memory.number("request.sent"), Arrays.copyOfRange(tail, from, to));
  }

  static void chunkTaken(AdapterCall turn, Reply reply) {
    Memory memory = turn.memory();
    switch (reply) {
      case Reply.UploadProgress received
          when received.offset() > memory.number("request.sent")
              && received.offset() <= come(memory) -> {
        memory.number("request.sent", received.offset());
        memory.number("request.attempts", 0);
        forget(memory, received.offset() - Limits.AGAIN);
        proceed(turn);
      }
      case Reply.UploadProgress received -> again(turn);
      case Reply.Posted posted -> finish(turn);
      case Reply.Failed failed -> {
        switch (failed.problem()) {
          case FILE_UNKNOWN, MALFORMED -> again(turn);
          default -> turn.ask(Task.WITHDRAW);
        }
      }
      default -> turn.ask(Task.WITHDRAW);
    }
  }

  /** What lies before this place is not asked for again. */
  private static void forget(Memory memory, long before) {
    long kept = kept(memory);
    if (before > kept) {
      byte[] tail = memory.bytes("request.tail");
      memory.bytes("request.tail", Arrays.copyOfRange(tail, (int) (before - kept), tail.length));
      memory.number("request.kept", before);
    }
  }

  static Command withdraw(AdapterCall turn) {
    return new Command.CancelUpload(turn.id("file"));
  }

  static void withdrawn(AdapterCall turn, Reply reply) {
    refuse(turn);
  }

  /** What still comes of the file is passed over. */
  private static void refuse(AdapterCall turn) {
    long rest = file(turn).size() - come(turn.memory());
    turn.send(Frames.of("702"));
    turn.done();
    SkippedInput.bytes(turn, rest);
  }

  private static void finish(AdapterCall turn) {
    long rest = file(turn).size() - come(turn.memory());
    turn.done();
    SkippedInput.bytes(turn, rest);
  }
}
