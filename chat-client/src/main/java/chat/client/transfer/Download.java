// SPDX-License-Identifier: Apache-2.0
package chat.client.transfer;

import chat.client.RefusedException;
import chat.client.transport.Requests;
import chat.protocol.Command;
import chat.protocol.Content;
import chat.protocol.Problem;
import chat.protocol.Reply;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Fetches a file into a part beside its target and gives it its name when its hash is right. A part
 * that is there is gone on with; if that ends in a wrong hash, the part was something else's and
 * the file is fetched anew.
 */
final class Download implements Transfers.TransferTask {
  private final Transfers transfers;
  private final Requests requests;
  private final TransferState state;
  private final long room;
  private final long number;
  private final Content.File file;
  private final Path target;
  private MessageDigest digest = Sha256.begin();
  private long done;

  Download(
      Transfers transfers,
      Requests requests,
      TransferState state,
      long room,
      long number,
      Content.File file,
      Path target) {
    this.transfers = transfers;
    this.requests = requests;
    this.state = state;
    this.room = room;
    this.number = number;
    this.file = file;
    this.target = target.toAbsolutePath();
  }

  @Override
  public void run() throws IOException, TransferException, InterruptedException {
    if (Files.exists(target)) {
      throw new FileAlreadyExistsException(target.toString());
    }
    Path part = target.resolveSibling(target.getFileName() + ".part");
    try (FileChannel out =
        FileChannel.open(
            part, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      if (tryLock(out) == null) {
        throw new TransferException(Problem.FILE_INVALID, target + " is being fetched already");
      }
      boolean right = goOn(out) && fetch(out);
      if (!right && !anew(out)) {
        Files.deleteIfExists(part);
        throw new TransferException(
            Problem.FILE_MISMATCH, "what came is not what was sent: its hash is wrong");
      }
      out.force(true);
    }
    if (File.separatorChar == '\\') {
      MarkOfTheWeb.put(part);
    }
    // Without REPLACE_EXISTING: a file that has come meanwhile stays.
    Files.move(part, target);
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  /** Takes in the part that is there; false if it can't be one of this file. */
  private boolean goOn(FileChannel out) throws IOException {
    if (out.size() > file.size()) {
      return false;
    }
    done = out.size();
    Sha256.update(digest, out, done);
    state.moved(done);
    return true;
  }

  private boolean anew(FileChannel out)
      throws IOException, TransferException, InterruptedException {
    out.truncate(0);
    digest = Sha256.begin();
    done = 0;
    return fetch(out);
  }

  /** Fetches what is missing; whether the whole has the right hash. */
  private boolean fetch(FileChannel out)
      throws IOException, TransferException, InterruptedException {
    transfers.insist(() -> receive(out));
    return Arrays.equals(digest.digest(), file.sha256());
  }

  private record Part(int length, CompletableFuture<Reply.Data> answer) {}

  private void receive(FileChannel out)
      throws IOException, TransferException, RefusedException, InterruptedException {
    Deque<Part> unanswered = new ArrayDeque<>();
    long next = done;
    while (done < file.size()) {
      while (next < file.size() && unanswered.size() < Transfers.WINDOW) {
        int length = (int) Math.min(requests.limits().chunk(), file.size() - next);
        unanswered.add(
            new Part(
                length,
                requests.ask(new Command.Download(room, number, next, length), Reply.Data.class)));
        next += length;
      }
      Part first = unanswered.remove();
      Reply.Data data = Transfers.await(first.answer());
      if (data.offset() != done || data.bytes().length != first.length()) {
        throw new TransferException(Problem.FILE_MISMATCH, "the file is shorter than it was");
      }
      write(out, data.bytes());
    }
  }

  private void write(FileChannel out, byte[] bytes) throws IOException {
    digest.update(bytes);
    ByteBuffer rest = ByteBuffer.wrap(bytes);
    while (rest.hasRemaining()) {
      out.write(rest, done + rest.position());
    }
    done += bytes.length;
    state.moved(done);
  }
}
