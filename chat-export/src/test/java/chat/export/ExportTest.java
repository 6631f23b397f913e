// SPDX-License-Identifier: Apache-2.0
package chat.export;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.client.ChatClient;
import chat.client.ClientEvent;
import chat.client.Clients;
import chat.client.FakeServer;
import chat.client.Recorder;
import chat.client.RefusedException;
import chat.client.text.Message;
import chat.export.ExportWriter.Leaf;
import chat.export.ExportWriter.Quote;
import chat.protocol.Command;
import chat.protocol.Content;
import chat.protocol.Event;
import chat.protocol.Person;
import chat.protocol.Problem;
import chat.protocol.Reply;
import chat.protocol.RoomInfo;
import chat.protocol.RoomKind;
import chat.protocol.RoomSettings;
import chat.protocol.RoomView;
import java.io.IOException;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExportTest {
  private static final String EVIL = "<script>alert(\"1\")</script>&'\u0007\u202e";
  private static final String TAMED =
      "&lt;script&gt;alert(&#34;1&#34;)&lt;/script&gt;&amp;&#39;\\u0007\\u202e";

  private static String page(Leaf... leaves) throws IOException {
    StringWriter page = new StringWriter();
    try (HtmlExportWriter sheet =
        new HtmlExportWriter(
            page,
            ZoneId.of("UTC"),
            new RoomInfo(
                1, RoomKind.PUBLIC, RoomSettings.of(EVIL, EVIL), 0, 1, new Person(0, "")))) {
      for (Leaf leaf : leaves) {
        sheet.add(leaf);
      }
    }
    return page.toString();
  }

  private static Message message(long number, Content content) {
    return new Message(
        new Event.Entry(1, number, new UUID(0, number), new Person(1, EVIL, EVIL, 0), 0, content),
        content,
        0,
        false,
        Map.of(EVIL, List.of(new Person(2, EVIL))));
  }

  @Test
  void nothingThatPeopleWroteIsObeyed() throws IOException {
    Content.File picture = new Content.File(EVIL, "image/png", 1, new byte[32], EVIL);
    String page =
        page(
            new Leaf(
                message(1, new Content.Text(EVIL, 7, true, List.of(), EVIL)),
                "",
                new Quote(7, EVIL, EVIL)),
            new Leaf(message(2, picture), "files/2-" + Export.safe(EVIL), Quote.NONE),
            new Leaf(message(3, new Content.RoomSet(RoomSettings.of(EVIL, EVIL))), "", Quote.NONE));
    assertFalse(page.contains("<script"), page);
    assertFalse(page.contains("alert(\""), page);
    assertFalse(page.contains("\u202e") || page.contains("\u0007"), page);
    assertTrue(page.contains("<p class=\"text\" dir=\"auto\">" + TAMED + "</p>"), page);
    assertTrue(page.contains("<img loading=\"lazy\" src=\"files/2-_script_alert__1"), page);
    assertTrue(page.contains("alt=\"" + TAMED + "\""), page);
  }

  @Test
  void aFullDiskIsAnIoException() {
    Writer full =
        new Writer() {
          @Override
          public void write(char[] text, int from, int count) throws IOException {
            throw new IOException("no space left on device");
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    RoomInfo room =
        new RoomInfo(1, RoomKind.PUBLIC, RoomSettings.of("a", ""), 0, 1, new Person(0, ""));
    assertThrows(IOException.class, () -> new HtmlExportWriter(full, ZoneId.of("UTC"), room));
  }

  @Test
  void linksLeadToTheWebAloneAndTellNothing() throws IOException {
    String page =
        page(
            new Leaf(
                message(
                    1,
                    new Content.Text(
                        "https://a.example/?b=1&c=\"d http://e.example javascript:alert(1)"
                            + " file:///etc/passwd https://f.example/<b>")),
                "",
                Quote.NONE));
    assertTrue(
        page.contains(
            "<a rel=\"noopener noreferrer\" href=\"https://a.example/?b=1&amp;c=\">"
                + "https://a.example/?b=1&amp;c=</a>&#34;d "),
        page);
    assertTrue(page.contains("href=\"http://e.example\""), page);
    assertTrue(page.contains("href=\"https://f.example/\""), page);
    assertEquals(3, page.split("href=", -1).length - 1, page);
  }

  @Test
  void aLostConnectionIsOutwaitedAndAMissingFileIsCounted(@TempDir Path folder) throws Exception {
    Recorder recorder = new Recorder();
    try (FakeServer server = FakeServer.start();
        ChatClient client = Clients.enter(server, folder.resolve("profile"), recorder)) {
      IntStream.range(0, 300).forEach(i -> server.says("bob", "text " + i));
      long there = server.file("../a.txt", new byte[] {1, 2, 3}).number();
      long gone = server.file("b.txt", new byte[] {4}).number();
      AtomicInteger pages = new AtomicInteger();
      server.script(command ->
          switch (command) {
            case Command.History _ when pages.incrementAndGet() == 2 -> new FakeServer.Cut();
            case Command.Download fetch when fetch.number() == gone ->
                new FakeServer.Answer(new Reply.Failed(Problem.FILE_UNKNOWN, "no such file"));
            default -> new FakeServer.GoOn();
          });
      RoomView view = recorder.await(ClientEvent.Entered.class).rooms().getFirst();
      RoomView now =
          new RoomView(
              view.info(),
              view.state(),
              1,
              gone,
              false,
              List.of(),
              List.of(),
              List.of(),
              List.of(),
              List.of());
      Path target = folder.resolve("out");
      List<Long> progress = new ArrayList<>();
      Export export =
          new Export(
              client,
              new Export.Order(target, Set.of(Export.Form.JSONL), true, ZoneId.of("UTC")),
              (room, number) -> progress.add(number));
      assertEquals(new Export.Written(gone, 1, 1), export.room(now));
      assertEquals(gone, Files.readAllLines(target.resolve("messages.jsonl")).size());
      assertEquals(List.of(200L, there, gone, gone), progress);
      assertArrayEquals(
          new byte[] {1, 2, 3}, Files.readAllBytes(target.resolve("files/" + there + "-.._a.txt")));
      try (Stream<Path> files = Files.list(target)) {
        assertEquals(
            Set.of("files", "messages.jsonl"),
            files.map(file -> file.getFileName().toString()).collect(Collectors.toSet()));
      }
    }
  }

  @Test
  void whoIsInterruptedFetchesNothingMore(@TempDir Path folder) throws Exception {
    Recorder recorder = new Recorder();
    try (FakeServer server = FakeServer.start();
        ChatClient client = Clients.enter(server, folder.resolve("profile"), recorder)) {
      long there = server.file("a.bin", new byte[100]).number();
      CountDownLatch asked = new CountDownLatch(1);
      server.script(command -> {
        if (command instanceof Command.Download) {
          asked.countDown();
          return new FakeServer.Ignore();
        }
        return new FakeServer.GoOn();
      });
      RoomView view = recorder.await(ClientEvent.Entered.class).rooms().getFirst();
      RoomView now =
          new RoomView(
              view.info(),
              view.state(),
              1,
              there,
              false,
              List.of(),
              List.of(),
              List.of(),
              List.of(),
              List.of());
      Path target = folder.resolve("out");
      Export export =
          new Export(
              client,
              new Export.Order(target, Set.of(Export.Form.TEXT), true, ZoneId.of("UTC")),
              (room, number) -> {});
      CompletableFuture<Throwable> ended = new CompletableFuture<>();
      Thread thread =
          Thread.ofPlatform()
              .start(() -> {
                try {
                  export.room(now);
                } catch (IOException | RefusedException | InterruptedException e) {
                  ended.complete(e);
                }
              });
      assertTrue(asked.await(10, TimeUnit.SECONDS));
      thread.interrupt();
      assertInstanceOf(InterruptedException.class, ended.get(10, TimeUnit.SECONDS));
      recorder.await(
          ClientEvent.TransferChanged.class,
          changed -> changed.transfer().state() instanceof ClientEvent.Transfer.Cancelled);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "a.png,a.png",
    "../../etc/passwd,.._.._etc_passwd",
    "'C:\\x y.txt',C__x_y.txt",
    "图片.png,图片.png",
    "dots...,dots_",
    "'',''"
  })
  void aFilesNameIsOneEverywhere(String name, String safe) {
    assertEquals(safe, Export.safe(name));
    assertTrue(Export.safe("界".repeat(255)).getBytes(StandardCharsets.UTF_8).length <= 120);
  }
}
