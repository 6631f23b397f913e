// SPDX-License-Identifier: Apache-2.0
package chat.system.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.desktop.model.app.RoomActions;
import chat.desktop.model.room.Row;
import chat.desktop.plugin.InstalledPlugin;
import chat.desktop.ui.Ui;
import chat.desktop.ui.Widgets;
import chat.desktop.view.plugin.PluginCommands;
import chat.desktop.view.transcript.RowPicture;
import chat.desktop.view.transcript.TranscriptView;
import chat.system.ExampleBundle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.RGB;
import org.eclipse.swt.graphics.Rectangle;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.swt.widgets.Table;
import org.eclipse.swt.widgets.Tree;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * The example plug-ins in a window over a real server: installed, used, exchanged for a second
 * version, switched off and removed, while somebody else writes 20 messages a second.
 */
@Tag("window")
@Timeout(300)
@ExtendWith(Ui.class)
class PluginsTest {
  private static final long LOBBY = 1;
  private static final long PATIENCE_SECONDS = 60;
  private static final int PAUSE_MILLIS = 50;
  private static final int KEYWORD = 0x7B2CBF;
  private static final int NEAR = 32;
  private static final int LINE_OF_POLL = 30;

  @TempDir Path folder;
  private final AtomicBoolean goesOn = new AtomicBoolean(true);
  private DesktopFixture office;
  private DesktopUser anna;
  private DesktopUser bo;
  private CompletableFuture<Integer> writing;
  private long direct;

  @BeforeEach
  void open() throws Exception {
    office = new DesktopFixture(folder);
    anna =
        office.enter(new DesktopUser("Anna", office.server(), folder.resolve("anna")), 0, 900, 800);
    bo = office.enter(new DesktopUser("Bo", office.server(), folder.resolve("bo")), 910, 480, 800);
    Ui.run(() -> new RoomActions(anna.model()).talk(bo.model().self()));
    Ui.await("private chat", PATIENCE_SECONDS, () -> anna.model().current().direct());
    direct = Ui.ask(() -> anna.model().current().id());
    // Nobody looks at what Bo's window would show.
    Ui.run(() -> bo.page().window().close());
    writing = CompletableFuture.supplyAsync(this::write);
  }

  @AfterEach
  void close() throws Exception {
    goesOn.set(false);
    office.close();
  }

  /** Writes until it is told to stop; gives how many it wrote. */
  private int write() {
    int count = 0;
    while (goesOn.get()) {
      bo.model().client().send(LOBBY, "n" + count++);
      java.util.concurrent.locks.LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(PAUSE_MILLIS));
    }
    return count;
  }

  private Shell dialog() {
    Ui.await("list", () -> Widgets.shell(Ui.display(), "plugins").isPresent());
    return Widgets.shell(Ui.display(), "plugins").orElseThrow();
  }

  private void press(String button) {
    Ui.run(() -> Widgets.send(Widgets.find(dialog(), button)));
  }

  private void agree() {
    Ui.await("question", PATIENCE_SECONDS, () -> Widgets.shell(Ui.display(), "ask").isPresent());
    Ui.run(() ->
        Widgets.send(Widgets.find(Widgets.shell(Ui.display(), "ask").orElseThrow(), "ask.yes")));
  }

  private void awaitVersion(ExampleBundle plugin, String begin) {
    Ui.await(
        plugin.name() + " " + begin,
        PATIENCE_SECONDS,
        () ->
            anna.plugins().isRunning(plugin.id())
                && anna.plugins().installed().stream()
                    .anyMatch(p -> p.id().equals(plugin.id()) && p.version().startsWith(begin)));
  }

  private void install(ExampleBundle plugin) throws Exception {
    anna.studio().outside.choice = List.of(plugin.jar());
    press("plugins.file");
    agree();
    awaitVersion(plugin, "0.");
    choose(plugin);
  }

  /** Another version with the same rights asks nothing. */
  private void update(ExampleBundle plugin, String word, String other) throws Exception {
    anna.studio().outside.choice = List.of(plugin.secondVersion(folder, word, other));
    press("plugins.update");
    awaitVersion(plugin, "2.");
  }

  private void choose(ExampleBundle plugin) {
    Ui.run(() -> {
      List<InstalledPlugin> all = anna.plugins().installed();
      Table table = (Table) Widgets.find(dialog(), "plugins.list");
      table.select(
          IntStream.range(0, all.size())
              .filter(i -> all.get(i).id().equals(plugin.id()))
              .findFirst()
              .orElseThrow());
      table.notifyListeners(SWT.Selection, new Event());
    });
  }

  private void switchOff(ExampleBundle plugin) {
    press("plugins.switchOff");
    Ui.await("off", PATIENCE_SECONDS, () -> !anna.plugins().isRunning(plugin.id()));
  }

  private void remove(ExampleBundle plugin) {
    press("plugins.remove");
    agree();
    Ui.await(
        "removed",
        PATIENCE_SECONDS,
        () -> anna.plugins().installed().stream().noneMatch(p -> p.id().equals(plugin.id())));
  }

  /** The newest row that begins like this, in sight. */
  private int row(String begin) {
    return Ui.ask(() -> {
      TranscriptView view = anna.page().window().transcript();
      List<Row> rows = view.rows();
      for (int i = rows.size() - 1; i >= 0; i--) {
        if (rows.get(i) instanceof Row.MessageRow row && row.text().startsWith(begin)) {
          return i;
        }
      }
      return -1;
    });
  }

  private String words(String begin) {
    return Ui.ask(() -> {
      TranscriptView view = anna.page().window().transcript();
      int row = row(begin);
      // What is in sight is laid out; so that it has words, it is looked at.
      RowPicture _ = view.picture(row);
      return view.words(row);
    });
  }

  private void awaitWords(String begin, String end) {
    Ui.await(
        begin + " … " + end, PATIENCE_SECONDS, () -> row(begin) >= 0 && words(begin).endsWith(end));
  }

  /** Whether a row has a colour, or one that the edges of letters make of it. */
  private void awaitColour(String begin, int rgb, boolean there) {
    Ui.await(
        begin + (there ? " has " : " has not ") + Integer.toHexString(rgb),
        PATIENCE_SECONDS,
        () ->
            row(begin) >= 0
                && anna.page().colours(row(begin)).stream().anyMatch(c -> isNear(c, rgb)) == there);
  }

  private static boolean isNear(RGB colour, int rgb) {
    return Math.abs(colour.red - (rgb >> 16)) < NEAR
        && Math.abs(colour.green - (rgb >> 8 & 255)) < NEAR
        && Math.abs(colour.blue - (rgb & 255)) < NEAR;
  }

  @Test
  void examplesComeAndGoWhileSomebodyWrites() throws Exception {
    anna.page().menu("chat.plugins");
    highlighting();
    csv();
    snippets();
    poll();
    goesOn.set(false);
    int count = writing.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    assertTrue(count > 20, "only " + count + " messages");
    Ui.run(() -> anna.model().select(anna.model().room(LOBBY)));
    anna.awaitSaid("n" + (count - 1));
    List<String> heard =
        anna.said().stream().filter(s -> s.author().equals("Bo")).map(s -> s.text()).toList();
    List<String> all = IntStream.range(0, count).mapToObj(i -> "n" + i).toList();
    assertEquals(all.subList(count - heard.size(), count), heard);
    assertTrue(heard.size() > 20, heard.toString());
  }

  private void highlighting() throws Exception {
    ExampleBundle plugin = new ExampleBundle("plugins", "highlighting");
    String code = "```java\nimport static public class final\n```";
    bo.model().client().send(direct, code);
    anna.awaitSaid(code);
    awaitColour("```java", KEYWORD, false);
    install(plugin);
    awaitColour("```java", KEYWORD, true);
    update(plugin, "0x7B2CBF", "0xBF2C2C");
    awaitColour("```java", 0xBF2C2C, true);
    switchOff(plugin);
    awaitColour("```java", 0xBF2C2C, false);
    remove(plugin);
  }

  private void csv() throws Exception {
    ExampleBundle plugin = new ExampleBundle("plugins", "csv");
    Path table = Files.writeString(folder.resolve("t.csv"), "name,age\nAnna,\"3,1\"\n");
    bo.model().client().upload(direct, table);
    install(plugin);
    awaitWords("t.csv", "name, age; Anna, 3,1");
    update(plugin, "\"; \"", "\" / \"");
    awaitWords("t.csv", "name, age / Anna, 3,1");
    switchOff(plugin);
    awaitWords("t.csv", ": t.csv");
    remove(plugin);
  }

  private boolean hasPane(String title) {
    return Ui.ask(() ->
        Widgets.all(anna.page().window().shell())
            .anyMatch(each -> each instanceof Label label && label.getText().equals(title)));
  }

  private void snippets() throws Exception {
    ExampleBundle plugin = new ExampleBundle("plugins", "snippets");
    install(plugin);
    assertTrue(hasPane("Snippets"));
    anna.page().write("/sn");
    Ui.await(
        "offer",
        () ->
            anna.page()
                .window()
                .compose()
                .slashWords()
                .equals(List.of("/snippet Write a text that you use often")));
    anna.page().enter(0);
    assertEquals("/snippet ", anna.page().draft());
    anna.says("thanks");
    anna.awaitSaid("Thank you, that helped!");
    press("plugins.settings");
    Ui.await("page", () -> Widgets.shell(Ui.display(), "pluginPage").isPresent());
    Ui.run(() -> {
      Widgets.text(Ui.display(), "snippets.edit").setText("bye = See you!");
      Widgets.send(
          Widgets.find(Widgets.shell(Ui.display(), "pluginPage").orElseThrow(), "form.ok"));
    });
    update(plugin, "\"Snippets\"", "\"Phrases\"");
    Ui.await("other title", () -> hasPane("Phrases") && !hasPane("Snippets"));
    Ui.run(() -> {
      Tree list = (Tree) Widgets.find(anna.page().window().shell(), "snippets.list");
      Event chosen = new Event();
      chosen.item = list.getItem(0);
      list.notifyListeners(SWT.DefaultSelection, chosen);
    });
    assertEquals("See you!", anna.page().draft());
    anna.page().press("send");
    switchOff(plugin);
    assertFalse(hasPane("Phrases"));
    remove(plugin);
  }

  private void poll() throws Exception {
    ExampleBundle plugin = new ExampleBundle("plugins", "poll");
    install(plugin);
    anna.page().write("Lunch?");
    Ui.run(() -> {
      assertTrue(Widgets.find(anna.page().window().shell(), "more").isVisible());
      new PluginCommands(anna.extensions()).compose().getFirst().action().run();
    });
    anna.page().press("send");
    awaitWords("📊 Lunch?", "Yes – 0, No – 0");
    Ui.run(() -> {
      TranscriptView view = anna.page().window().transcript();
      int row = row("📊 Lunch?");
      RowPicture picture = view.picture(row);
      Rectangle body = picture.body();
      // The first bar, below the bubble.
      Widgets.click(
          view, body.x + body.width - 20, view.topOf(row) + picture.height() - 2 * LINE_OF_POLL);
    });
    awaitWords("📊 Lunch?", "Yes – 1, No – 0");
    update(plugin, "\" – \"", "\" = \"");
    awaitWords("📊 Lunch?", "Yes = 1, No = 0");
    switchOff(plugin);
    Ui.await("gone", () -> !words("📊 Lunch?").contains("="));
    Ui.run(() -> assertFalse(Widgets.find(anna.page().window().shell(), "more").isVisible()));
    remove(plugin);
  }
}
