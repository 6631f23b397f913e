// SPDX-License-Identifier: Apache-2.0
package chat.desktop.model.app;

import chat.client.ClientEvent;
import chat.client.RefusedException;
import chat.desktop.model.platform.Downloads;
import chat.desktop.model.room.Room;
import chat.export.Export;
import chat.protocol.Person;
import chat.protocol.RoomView;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.LocalDate;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One export on its way: what was asked for is written into a new folder, and all of that folder is
 * taken away again unless it is complete.
 *
 * <p><b>Threads.</b> The one of the windows; what waits for the server and the disk has a thread of
 * its own, which {@link #cancel} interrupts.
 */
public final class Exporting {
  private static final System.Logger LOG = System.getLogger(Exporting.class.getName());

  /** How far it is. */
  public sealed interface State {

    /**
     * It is being written.
     *
     * @param room that is read just now
     * @param done messages of {@code total}, counted by their numbers
     */
    record Running(String room, long done, long total) implements State {}

    /** All is there. */
    record Finished(Path folder, Export.Written written) implements State {}

    /** The user thought better of it; nothing is left. */
    record Cancelled() implements State {}

    /** It could not be written; nothing is left. */
    record Failed(Throwable why) implements State {}
  }

  /** What the service writes. */
  private interface Writing {
    Export.Written to(Export.Order order, Export.Progress progress)
        throws IOException, RefusedException, InterruptedException;
  }

  private final ChatModel model;
  private final Consumer<State> heard;
  private final List<RoomView> rooms;
  private final Thread thread;
  private volatile boolean cancelled;

  private Exporting(
      ChatModel model,
      String name,
      List<RoomView> rooms,
      Export.Order order,
      Writing writing,
      Consumer<State> heard) {
    this.model = model;
    this.heard = heard;
    this.rooms = rooms;
    LocalDate today = LocalDate.ofInstant(model.clock().instant(), order.zone());
    thread =
        Thread.ofPlatform()
            .name("chat-export")
            .daemon()
            .unstarted(() -> run(name + " " + today, order, writing));
  }

  /**
   * Begins to write a room.
   *
   * @param order whose folder is the one in which a new one is made
   * @param heard told in the thread of the windows
   */
  public static Exporting room(
      ChatModel model, Room room, Export.Order order, Consumer<State> heard) {
    RoomView view = room.view();
    return begin(
        new Exporting(
            model,
            room.name(),
            List.of(view),
            order,
            (into, progress) -> model.exporter().room(view, into, progress),
            heard));
  }

  /** The same for what the server keeps of the own account. */
  public static Exporting account(
      ChatModel model, Person self, Export.Order order, Consumer<State> heard) {
    List<RoomView> views = model.rooms().stream().map(Room::view).toList();
    ClientEvent.Entered entered =
        new ClientEvent.Entered(
            self, views, List.of(), List.of(), model.people().contacts(), List.of());
    return begin(
        new Exporting(
            model,
            self.name(),
            views,
            order,
            (into, progress) -> model.exporter().account(entered, into, progress),
            heard));
  }

  private static Exporting begin(Exporting exporting) {
    exporting.thread.start();
    return exporting;
  }

  /** Ends it, if it has not ended. */
  public void cancel() {
    cancelled = true;
    thread.interrupt();
  }

  private void run(String name, Export.Order order, Writing writing) {
    try {
      tell(written(name, order, writing));
    } catch (IOException | RefusedException | InterruptedException | RuntimeException e) {
      tell(cancelled ? new State.Cancelled() : new State.Failed(e));
    }
  }

  private State written(String name, Export.Order order, Writing writing)
      throws IOException, RefusedException, InterruptedException {
    Files.createDirectories(order.folder());
    // Made here and by nobody else, so that it may be taken away again.
    Path folder = Files.createDirectory(Downloads.free(order.folder(), name));
    try {
      Export.Order into = new Export.Order(folder, order.forms(), order.files(), order.zone());
      return new State.Finished(folder, writing.to(into, this::at));
    } catch (IOException | RefusedException | InterruptedException | RuntimeException e) {
      // What an interruption was for is done; it must not stop the tidying up.
      boolean unused = Thread.interrupted();
      takeAway(folder);
      throw e;
    }
  }

  private void at(RoomView now, long number) {
    long total = rooms.stream().mapToLong(RoomView::head).sum();
    long before =
        rooms.stream().takeWhile(room -> room.room() != now.room()).mapToLong(RoomView::head).sum();
    tell(new State.Running(Room.name(now.info()), before + number, total));
  }

  private void tell(State state) {
    model.later(() -> heard.accept(state));
  }

  private static void takeAway(Path folder) {
    try {
      Files.walkFileTree(
          folder,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes unused)
                throws IOException {
              Files.delete(file);
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path left, @Nullable IOException failure)
                throws IOException {
              Files.delete(left);
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      LOG.log(System.Logger.Level.WARNING, "An export that did not end well is left over", e);
    }
  }
}
