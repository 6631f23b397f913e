// SPDX-License-Identifier: Apache-2.0
package chat.client.transfer;

import chat.client.LinkLostException;
import chat.client.RefusedException;
import chat.client.transport.Requests;
import chat.protocol.Command;
import chat.protocol.Problem;
import chat.protocol.Reply;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/**
 * Sends a file: offers it, and sends what the server does not have. After whatever goes wrong on
 * the way it is offered again under the same id, and the answer tells where to go on.
 */
final class Upload implements Transfers.TransferTask {
  private static final String ANY_TYPE = "application/octet-stream";
  private static final int LONGEST_TYPE = 127;

  private final Transfers transfers;
  private final Requests requests;
  private final TransferState state;
  private final UUID id;
  private final long room;
  private final String name;
  private final Path file;

  /** How the file was when it was hashed. */
  private record Stamp(long size, FileTime modified) {
    static Stamp of(Path file) throws IOException, TransferException {
      BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
      if (!now.isRegularFile()) {
        throw new TransferException(Problem.FILE_INVALID, file + " is no file");
      }
      return new Stamp(now.size(), now.lastModifiedTime());
    }

    void check(Path file) throws IOException, TransferException {
      if (!equals(of(file))) {
        throw changed(file);
      }
    }
  }

  Upload(
      Transfers transfers,
      Requests requests,
      TransferState state,
      long room,
      String name,
      Path file) {
    this.transfers = transfers;
    this.requests = requests;
    this.state = state;
    this.id = state.id();
    this.room = room;
    this.name = new String(name.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    this.file = file;
  }

  private static TransferException changed(Path file) {
    return new TransferException(Problem.FILE_MISMATCH, file + " was changed while it was sent");
  }

  @Override
  public void run() throws IOException, TransferException, InterruptedException {
    Stamp stamp = Stamp.of(file);
    state.size(stamp.size());
    // Only the server knows what it takes.
    requests.awaitOnline();
    if (stamp.size() > requests.limits().file()) {
      throw new TransferException(
          Problem.FILE_TOO_LARGE, "at most " + requests.limits().file() + " bytes");
    }
    try (FileChannel in = FileChannel.open(file)) {
      MessageDigest digest = Sha256.begin();
      Sha256.update(digest, in, stamp.size());
      stamp.check(file);
      Command.StartUpload offer =
          new Command.StartUpload(id, room, name, mediaType(), stamp.size(), digest.digest());
      transfers.insist(() -> send(offer, in, stamp));
    } catch (InterruptedException | IOException | TransferException e) {
      withdraw();
      throw e;
    }
  }

  /** Lets the server let go of what it has; if that fails, it does so by itself after a day. */
  private void withdraw() {
    var unused = requests.ask(new Command.CancelUpload(id), Reply.Done.class);
  }

  private String mediaType() throws IOException {
    String type = Files.probeContentType(file);
    return type == null || type.length() > LONGEST_TYPE ? ANY_TYPE : type;
  }

  private void send(Command.StartUpload offer, FileChannel in, Stamp stamp)
      throws IOException, TransferException, RefusedException, InterruptedException {
    switch (Transfers.await(requests.ask(offer, Reply.class))) {
      case Reply.Posted posted -> state.moved(stamp.size());
      case Reply.UploadStarted(UUID same, long offset) -> send(in, stamp, offset);
      case Reply other -> throw new TransferException(Problem.INTERNAL, "answered by " + other);
    }
  }

  private void send(FileChannel in, Stamp stamp, long from)
      throws IOException, TransferException, RefusedException, InterruptedException {
    Deque<CompletableFuture<Reply>> unanswered = new ArrayDeque<>();
    long next = from;
    state.moved(from);
    while (true) {
      while (next < stamp.size() && unanswered.size() < Transfers.WINDOW) {
        stamp.check(file);
        byte[] bytes =
            read(in, next, (int) Math.min(requests.limits().chunk(), stamp.size() - next));
        unanswered.add(requests.ask(new Command.UploadChunk(id, next, bytes), Reply.class));
        next += bytes.length;
      }
      if (unanswered.isEmpty()) {
        throw new TransferException(Problem.INTERNAL, "the server has all and does not say so");
      }
      switch (received(unanswered.remove())) {
        case Reply.Posted posted -> {
          state.moved(stamp.size());
          return;
        }
        case Reply.UploadProgress(UUID same, long offset) -> state.moved(offset);
        case Reply other -> throw new TransferException(Problem.INTERNAL, "answered by " + other);
      }
    }
  }

  private static Reply received(CompletableFuture<Reply> answer)
      throws LinkLostException, RefusedException, InterruptedException {
    try {
      return Transfers.await(answer);
    } catch (RefusedException e) {
      Problem problem = e.refusal().problem();
      if (problem == Problem.FILE_UNKNOWN || problem == Problem.MALFORMED) {
        throw new LinkLostException(e);
      }
      throw e;
    }
  }

  private byte[] read(FileChannel in, long from, int length) throws IOException, TransferException {
    ByteBuffer bytes = ByteBuffer.allocate(length);
    while (bytes.hasRemaining()) {
      if (in.read(bytes, from + bytes.position()) < 0) {
        throw changed(file);
      }
    }
    return bytes.array();
  }
}
