// SPDX-License-Identifier: Apache-2.0
package chat.client.transfer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.client.ChatClient;
import chat.client.ClientEvent;
import chat.client.ClientEvent.Transfer;
import chat.client.Clients;
import chat.client.FakeServer;
import chat.client.Recorder;
import chat.protocol.Command;
import chat.protocol.Content;
import chat.protocol.Event;
import chat.protocol.Problem;
import chat.protocol.Reply;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class TransfersTest {
  private static final int CHUNK = FakeServer.LIMITS.chunk();
  private static final int SIZE = 20 * CHUNK + 7;

  private final Recorder recorder = new Recorder();
  private final byte[] bytes = new byte[SIZE];
  @TempDir private Path folder;
  private FakeServer server;
  private ChatClient client;
  private Path file;

  @BeforeEach
  void enter() throws IOException {
    new Random(7).nextBytes(bytes);
    file = Files.write(folder.resolve("photo.png"), bytes);
    server = FakeServer.start();
    client = Clients.enter(server, folder.resolve("profile"), recorder);
  }

  @AfterEach
  void leave() {
    client.close();
    server.close();
  }

  private Transfer ends(UUID id) {
    return recorder
        .await(
            ClientEvent.TransferChanged.class,
            changed ->
                changed.transfer().id().equals(id)
                    && !(changed.transfer().state() instanceof Transfer.Running))
        .transfer();
  }

  private Transfer.Failed fails(UUID id) {
    return assertInstanceOf(Transfer.Failed.class, ends(id).state());
  }

  /** What happens instead at each of the numbered commands that fit, counted from 1. */
  private void at(Predicate<Command> which, FakeServer.Act act, Integer... numbers) {
    AtomicInteger count = new AtomicInteger();
    List<Integer> at = List.of(numbers);
    server.script(command ->
        which.test(command) && at.contains(count.incrementAndGet()) ? act : new FakeServer.GoOn());
  }

  @Test
  void anUploadArrivesWhole() {
    UUID id = client.upload(1, file);
    Transfer end = ends(id);
    assertEquals(new Transfer.Finished(), end.state());
    assertEquals(SIZE, end.done());
    Event.Entry entry = server.files().getFirst();
    assertEquals(id, entry.id());
    Content.File shown = assertInstanceOf(Content.File.class, entry.content());
    assertEquals("photo.png", shown.name());
    assertEquals("image/png", shown.mediaType());
    assertArrayEquals(bytes, server.blob(entry.number()));
    assertEquals(21, server.commands(Command.UploadChunk.class).size());
  }

  @Test
  void anUploadThatIsCutGoesOnFromWhereItWas() {
    at(Command.UploadChunk.class::isInstance, new FakeServer.CutAfter(), 5, 14);
    UUID id = client.upload(1, file);
    assertEquals(new Transfer.Finished(), ends(id).state());
    assertArrayEquals(bytes, server.blob(server.files().getFirst().number()));
    assertEquals(1, server.files().size());
    assertEquals(3, server.commands(Command.StartUpload.class).size());
    assertTrue(
        server.commands(Command.StartUpload.class).stream()
            .allMatch(offer -> offer.id().equals(id)));
    assertEquals(21, server.commands(Command.UploadChunk.class).size(), "nothing was sent twice");
  }

  @Test
  void anUploadWhoseLastAnswerIsLostStandsThereOnce() {
    at(Command.UploadChunk.class::isInstance, new FakeServer.CutAfter(), 21);
    assertEquals(new Transfer.Finished(), ends(client.upload(1, file)).state());
    assertEquals(1, server.files().size());
  }

  @Test
  void anUploadSurvivesAnExchangeOfTheLogic() {
    AtomicInteger chunks = new AtomicInteger();
    server.script(command -> {
      if (command instanceof Command.UploadChunk && chunks.incrementAndGet() == 8) {
        server.swap();
        return new FakeServer.Ignore();
      }
      return new FakeServer.GoOn();
    });
    assertEquals(new Transfer.Finished(), ends(client.upload(1, file)).state());
    assertArrayEquals(bytes, server.blob(server.files().getFirst().number()));
    assertEquals(1, recorder.all(ClientEvent.Entered.class).size(), "the connection stayed");
  }

  @Test
  void anUploadWaitsWhenTheServerIsBusy() {
    FakeServer.Act busy =
        new FakeServer.Answer(new Reply.Failed(Problem.UNAVAILABLE, "the store is away", 10));
    at(Command.StartUpload.class::isInstance, busy, 1, 2);
    assertEquals(new Transfer.Finished(), ends(client.upload(1, file)).state());
    assertEquals(3, server.commands(Command.StartUpload.class).size());
  }

  @Test
  void anEmptyFileIsAFileToo() throws IOException {
    Path empty = Files.createFile(folder.resolve("empty"));
    assertEquals(new Transfer.Finished(), ends(client.upload(1, empty)).state());
    Path copy = folder.resolve("copy");
    UUID down = client.download(server.files().getFirst(), copy);
    assertEquals(new Transfer.Finished(), ends(down).state());
    assertEquals(0, Files.size(copy));
  }

  @Test
  void aFileTooLargeIsRefusedBeforeAByteIsSent() throws IOException {
    Path large = folder.resolve("large");
    try (RandomAccessFile sparse = new RandomAccessFile(large.toFile(), "rw")) {
      sparse.setLength(FakeServer.LIMITS.file() + 1);
    }
    assertEquals(Problem.FILE_TOO_LARGE, fails(client.upload(1, large)).problem());
    assertTrue(server.commands(Command.StartUpload.class).isEmpty());
  }

  @Test
  void aFileThatIsNotThereFails() {
    Transfer.Failed failed = fails(client.upload(1, folder.resolve("nowhere")));
    assertTrue(failed.detail().contains("does not exist"), failed.detail());
    assertInstanceOf(Transfer.Failed.class, ends(client.upload(1, folder)).state());
  }

  @Test
  void aFileThatChangesOnItsWayFailsAndIsTakenBack() {
    AtomicInteger chunks = new AtomicInteger();
    server.script(command -> {
      if (command instanceof Command.UploadChunk && chunks.incrementAndGet() == 3) {
        try {
          Files.write(file, new byte[SIZE + 1]);
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
      return new FakeServer.GoOn();
    });
    Transfer.Failed failed = fails(client.upload(1, file));
    assertEquals(Problem.FILE_MISMATCH, failed.problem());
    assertTrue(failed.detail().contains("changed"), failed.detail());
    Recorder.until("withdrawn", () -> server.commands(Command.CancelUpload.class).size() == 1);
    assertTrue(server.files().isEmpty());
  }

  @Test
  void aCancelledUploadIsTakenBack() {
    at(Command.UploadChunk.class::isInstance, new FakeServer.Ignore(), 3, 4, 5, 6, 7);
    UUID id = client.upload(1, file);
    Recorder.until("it hangs", () -> server.commands(Command.UploadChunk.class).size() == 7);
    client.cancel(id);
    assertEquals(new Transfer.Cancelled(), ends(id).state());
    Recorder.until("withdrawn", () -> server.commands(Command.CancelUpload.class).size() == 1);
    client.upload(1, file);
    Recorder.until("another one goes through", () -> server.files().size() == 1);
  }

  @Test
  void chatGoesBeforeFiles() {
    at(Command.StartUpload.class::isInstance, new FakeServer.Ignore(), 1);
    client.upload(1, file);
    client.send(1, "meanwhile");
    Recorder.until("said", () -> server.texts().equals(List.of("meanwhile")));
  }

  @Test
  void aDownloadArrivesWholeAndLeavesNoPart() throws IOException {
    Event.Entry entry = server.file("photo.png", bytes);
    Path target = folder.resolve("copy.png");
    UUID id = client.download(entry, target);
    assertEquals(new Transfer.Finished(), ends(id).state());
    assertArrayEquals(bytes, Files.readAllBytes(target));
    assertFalse(Files.exists(folder.resolve("copy.png.part")));
  }

  @Test
  void aDownloadThatIsCutGoesOnFromWhereItWas() throws IOException {
    Event.Entry entry = server.file("photo.png", bytes);
    at(Command.Download.class::isInstance, new FakeServer.Cut(), 8, 20);
    Path target = folder.resolve("copy.png");
    assertEquals(new Transfer.Finished(), ends(client.download(entry, target)).state());
    assertArrayEquals(bytes, Files.readAllBytes(target));
    List<Command.Download> fetches = server.commands(Command.Download.class);
    assertEquals(1, fetches.stream().filter(fetch -> fetch.offset() == 0).count());
    assertTrue(fetches.size() <= 21 + 2 * Transfers.WINDOW, "" + fetches.size());
  }

  @Test
  void aPartThatIsThereIsGoneOnWith() throws IOException {
    Event.Entry entry = server.file("photo.png", bytes);
    Path target = folder.resolve("copy.png");
    Files.write(folder.resolve("copy.png.part"), Arrays.copyOf(bytes, 5 * CHUNK + 3));
    assertEquals(new Transfer.Finished(), ends(client.download(entry, target)).state());
    assertArrayEquals(bytes, Files.readAllBytes(target));
    assertEquals(5L * CHUNK + 3, server.commands(Command.Download.class).getFirst().offset());
  }

  @Test
  void aPartOfSomethingElseIsFetchedAnew() throws IOException {
    Event.Entry entry = server.file("photo.png", bytes);
    for (int length : new int[] {5 * CHUNK, SIZE, 2 * SIZE}) {
      Path target = folder.resolve("copy" + length);
      Files.write(folder.resolve("copy" + length + ".part"), new byte[length]);
      assertEquals(new Transfer.Finished(), ends(client.download(entry, target)).state());
      assertArrayEquals(bytes, Files.readAllBytes(target));
    }
  }

  @Test
  void whatHasAWrongHashIsNeverShown() {
    Event.Entry real = server.file("photo.png", bytes);
    Event.Entry claimed =
        new Event.Entry(
            1,
            real.number(),
            real.id(),
            real.author(),
            real.time(),
            new Content.File("photo.png", "image/png", SIZE, new byte[32]));
    Path target = folder.resolve("copy.png");
    assertEquals(Problem.FILE_MISMATCH, fails(client.download(claimed, target)).problem());
    assertFalse(Files.exists(target));
    assertFalse(Files.exists(folder.resolve("copy.png.part")));
  }

  @Test
  void aFileThatIsThereIsNeverOverwritten() throws IOException {
    Event.Entry entry = server.file("photo.png", bytes);
    Path target = Files.writeString(folder.resolve("copy.png"), "mine");
    Transfer.Failed failed = fails(client.download(entry, target));
    assertTrue(failed.detail().contains("exists already"), failed.detail());
    assertEquals("mine", Files.readString(target));
  }

  @Test
  void aCancelledDownloadKeepsItsPart() throws IOException {
    Event.Entry entry = server.file("photo.png", bytes);
    at(Command.Download.class::isInstance, new FakeServer.Ignore(), 6, 7, 8, 9, 10);
    Path target = folder.resolve("copy.png");
    UUID id = client.download(entry, target);
    Recorder.until("it hangs", () -> server.commands(Command.Download.class).size() == 10);
    client.cancel(id);
    assertEquals(new Transfer.Cancelled(), ends(id).state());
    assertEquals(5L * CHUNK, Files.size(folder.resolve("copy.png.part")));
    assertFalse(Files.exists(target));
    assertEquals(new Transfer.Finished(), ends(client.download(entry, target)).state());
    assertArrayEquals(bytes, Files.readAllBytes(target));
  }
}
