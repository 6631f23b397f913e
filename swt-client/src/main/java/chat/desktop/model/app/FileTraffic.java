// SPDX-License-Identifier: Apache-2.0
package chat.desktop.model.app;

import chat.client.ClientEvent.Transfer;
import chat.desktop.model.platform.Downloads;
import chat.desktop.model.room.Offered;
import chat.desktop.model.room.Room;
import chat.desktop.model.room.Row;
import chat.desktop.model.room.Transcript;
import chat.desktop.model.room.Transfers;
import chat.protocol.Content;
import chat.protocol.Event;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The files of an account: what is sent, what is fetched, and where it is on this computer. What
 * touches the disk is handed to {@code work}; the rest belongs to the thread of the windows.
 */
public final class FileTraffic {
  /** Files fetched at once. */
  private static final int PAGE = 50;

  private static final System.Logger LOG = System.getLogger(FileTraffic.class.getName());

  private final ChatModel model;
  private final Executor hop;
  private final Executor work;
  private final Transfers transfers = new Transfers();

  FileTraffic(ChatModel model, Executor hop, Executor work) {
    this.model = model;
    this.hop = hop;
    this.work = work;
  }

  /** The download of an entry's file, if there was one since the start. */
  public @Nullable Transfer download(UUID entry) {
    return transfers.ofEntry(entry);
  }

  /** The file of an entry on this computer: fetched, or sent from here; null if it is not here. */
  public @Nullable Path localFile(UUID entry) {
    return transfers.localFile(entry);
  }

  /** Fetches older files for the list of files. */
  public void loadOlder(Room room) {
    long before = room.files().isEmpty() ? 0 : room.files().getLast().entry().number();
    var unused =
        model
            .client()
            .files(room.id(), before, PAGE)
            .thenAcceptAsync(
                page -> {
                  page.about().forEach(room.transcript()::hear);
                  room.addFiles(page.entries(), PAGE);
                  model.tell(ModelListener.Part.FILES);
                },
                hop);
  }

  /**
   * Sends a file to the room that is shown, unless it is clear that it would be refused. The answer
   * comes in the thread of the windows.
   */
  public CompletableFuture<Offered> upload(Path file) {
    Room room = model.current();
    if (room == null) {
      return CompletableFuture.completedFuture(
          new Offered.Nowhere(String.valueOf(file.getFileName())));
    }
    return CompletableFuture.supplyAsync(() -> offer(room, file), work)
        .thenApplyAsync(offered -> offered, hop);
  }

  private Offered offer(Room room, Path file) {
    String name = String.valueOf(file.getFileName());
    if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
      return new Offered.Unreadable(name);
    }
    long size = file.toFile().length();
    long limit = model.client().limits().file();
    if (size > limit) {
      return new Offered.TooLarge(name, size, limit);
    }
    model.client().upload(room.id(), file);
    return new Offered.Started(name);
  }

  /** Fetches a file into a folder, or goes on where an earlier try ended. */
  void download(Event.Entry entry, Content.File file, Path folder) {
    Path earlier = transfers.targetOf(entry.id());
    work.execute(
        () -> fetch(entry, earlier == null ? Downloads.free(folder, file.name()) : earlier));
  }

  /** Fetches a file to a place that the user chose; a file that is there gives way. */
  public void download(Event.Entry entry, Path target) {
    work.execute(() -> {
      try {
        Files.deleteIfExists(target);
      } catch (IOException e) {
        // The download finds it in its way and says so.
        LOG.log(System.Logger.Level.DEBUG, "Not replaced", e);
      }
      fetch(entry, target);
    });
  }

  private void fetch(Event.Entry entry, Path target) {
    makeFolder(target);
    UUID transfer = model.client().download(entry, target);
    hop.execute(() -> {
      transfers.started(entry.id(), transfer, target);
      touch(entry.room(), entry.id());
    });
  }

  private static void makeFolder(Path target) {
    Path folder = target.getParent();
    if (folder != null) {
      // Where this fails the download fails too, and says so.
      var unused = folder.toFile().mkdirs();
    }
  }

  /** Where an earlier try put the file or wanted to. */
  public @Nullable Path targetOf(UUID entry) {
    return transfers.targetOf(entry);
  }

  /** Stops a transfer; of a download the part stays. */
  public void cancel(UUID transfer) {
    work.execute(() -> model.client().cancel(transfer));
  }

  /** Something is further on its way, or has ended. */
  void moved(Transfer transfer) {
    switch (transfer.way()) {
      case UP -> upload(transfer);
      case DOWN -> {
        transfers.changed(transfer);
        UUID entry = transfers.entryOf(transfer.id());
        if (entry != null) {
          touch(transfer.room(), entry);
        }
      }
    }
  }

  private void upload(Transfer transfer) {
    transfers.sent(transfer);
    Room room = model.known(transfer.room());
    Transcript transcript = room.transcript();
    if (room.hasFile(transfer.id())) {
      // The last words of an upload can come after its entry, which has taken its place.
      transcript.removeUnsettled(transfer.id());
      return;
    }
    switch (transfer.state()) {
      case Transfer.Running _, Transfer.Failed _ ->
          transcript.sending(transfer, model.clock().millis());
      case Transfer.Cancelled _ -> transcript.removeUnsettled(transfer.id());
      case Transfer.Finished _ -> {
        // Its entry takes the place of the row; if it was here first, there is no row any more.
        if (transcript.hasUnsettled(transfer.id())) {
          transcript.sending(transfer, model.clock().millis());
        }
      }
    }
  }

  /** Removes the row of an upload that failed. */
  public void dismiss(Row.Sending sending) {
    model.known(sending.transfer().room()).transcript().removeUnsettled(sending.id());
  }

  private void touch(long room, UUID entry) {
    model.known(room).transcript().touch(entry);
    model.tell(ModelListener.Part.FILES);
  }
}
