// SPDX-License-Identifier: Apache-2.0
package chat.desktop.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.desktop.FakeService;
import chat.desktop.model.text.Language;
import chat.desktop.plugin.PluginFile;
import chat.desktop.plugin.PluginHost;
import chat.desktop.plugin.PluginJar;
import chat.desktop.ui.Studio;
import chat.desktop.ui.Ui;
import chat.desktop.ui.Widgets;
import chat.desktop.view.plugin.PluginCommands;
import chat.desktop.view.widget.AppContext;
import chat.desktop.view.widget.ItemList;
import chat.desktop.view.widget.Palette;
import chat.protocol.Command;
import chat.protocol.Person;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.MenuItem;
import org.eclipse.swt.widgets.Shell;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What the main window does with what a plug-in brings. */
@ExtendWith(Ui.class)
class PluginWindowTest {
  private static final Person ANNA = new Person(2, "Anna");
  private static final String BENCH =
      "Workbench bench; public void bind(Workbench given) { bench = given; }";

  @TempDir Path folder;
  private final FakeService service = new FakeService();
  private AppContext context;
  private PluginHost host;
  private MainPage page;

  @BeforeEach
  void open() throws Exception {
    Studio studio = new Studio(folder);
    context = studio.setup(Language.EN, Palette.light());
    host = context.plugins();
    service.online.add(ANNA);
    service.past(ANNA, "Hello");
    page = studio.main(service, context);
    service.enter();
    page.awaitRow("Hello");
  }

  @AfterEach
  void close() {
    Ui.run(() -> {
      page.window().close();
      host.close();
    });
  }

  private static <T> T get(CompletableFuture<T> answer) throws Exception {
    return answer.get(60, TimeUnit.SECONDS);
  }

  private void install(PluginJar jar) throws Exception {
    PluginFile file = get(host.inspect(jar.in(folder)));
    get(host.install(file, file.rights(), ""));
  }

  private Stream<MenuItem> pluginMenu() {
    return Stream.of(page.window().shell().getMenuBar().getItems())
        .filter(item -> "menu.plugins".equals(item.getData("id")))
        .flatMap(item -> Stream.of(item.getMenu().getItems()));
  }

  private List<String> labels() {
    return Ui.ask(() ->
        Widgets.all(page.window().shell())
            .filter(Label.class::isInstance)
            .map(each -> ((Label) each).getText())
            .toList());
  }

  @Test
  void aCommandIsInMenusAndHasAKeyUntilItGoes() throws Exception {
    install(
        new PluginJar("commands")
            .header("Chat-Rights", "reads-messages")
            .part(
                "public String id() { return \"plug.note\"; }"
                    + "public String title() { return \"Note & keep\"; }"
                    + "public String keys() { return \"M1+M2+Y\"; }"
                    + "public Set<Place> places() { return EnumSet.allOf(Place.class); }"
                    + "public boolean enabled(CommandContext c) { return c.room().isPresent(); }"
                    + "public void run(CommandContext c) { c.compose().insert("
                    + "c.message().map(m -> m.author().name() + \": \" + m.body().text())"
                    + ".or(c::person).orElse(c.room().get().name()) + \";\"); }",
                "Command"));
    Ui.run(() -> {
      MenuItem item = pluginMenu().findFirst().orElseThrow();
      assertEquals(
          "Note && keep\tCtrl+Shift+Y", item.getText().replace("Shift+Ctrl", "Ctrl+Shift"));
      item.notifyListeners(SWT.Selection, new Event());
      Widgets.key(page.composeText(), 'y', 'Y', SWT.MOD1 | SWT.MOD2);
      PluginCommands commands = new PluginCommands(context.extensions());
      var row = (chat.desktop.model.room.Row.MessageRow) page.window().transcript().rows().get(0);
      for (List<ItemList.Choice> choices :
          List.of(
              commands.message(row),
              commands.person("Anna"),
              commands.room(page.window().model().current()),
              commands.compose())) {
        choices.getFirst().action().run();
      }
    });
    assertEquals("Lobby;Lobby;Anna: Hello;Anna;Lobby;Lobby;", page.draft());
    get(host.remove("commands"));
    Ui.run(() -> {
      assertEquals(0, pluginMenu().count());
      page.composeText().setText("");
      Widgets.key(page.composeText(), 'y', 'Y', SWT.MOD1 | SWT.MOD2);
    });
    assertEquals("", page.draft());
  }

  @Test
  void aKeyOfTheClientStaysTheClients() throws Exception {
    install(
        new PluginJar("greedy")
            .part(
                "public String id() { return \"plug.greedy\"; }"
                    + "public String title() { return \"Greedy\"; }"
                    + "public String keys() { return \"M1+B\"; }"
                    + "public void run(CommandContext c) { c.compose().replace(\"taken\"); }",
                "Command"));
    Ui.run(() -> {
      assertEquals("Greedy", pluginMenu().findFirst().orElseThrow().getText());
      page.composeText().forceFocus();
      Widgets.key(page.composeText(), 'b', 'b', SWT.MOD1);
    });
    assertFalse(page.draft().contains("taken"));
  }

  @Test
  void aPaneIsFoldedMovedAndClosedAndRemembersThat() throws Exception {
    PluginJar pane =
        new PluginJar("pane")
            .part(
                "public String id() { return \"plug.pane\"; }"
                    + "public String title() { return \"Pane\"; }"
                    + "public Side side() { return Side.BOTTOM; }"
                    + "public void create(Composite parent, PaneLook look, Compose compose) {"
                    + " Label label = new Label(parent, SWT.NONE); label.setText(\"inside\");"
                    + " label.setData(\"id\", \"inside\"); }",
                "View");
    install(pane);
    assertTrue(Ui.ask(() -> inside().getSize().y > 0));
    assertEquals("plugins.bottom", place());
    Ui.run(() ->
        Widgets.find(page.window().shell(), "pane.title")
            .notifyListeners(SWT.MouseUp, new Event()));
    assertFalse(Ui.ask(() -> inside().isVisible()));
    page.press("pane.move");
    assertEquals("plugins.right", place());
    assertTrue(Ui.ask(() -> inside().isVisible()));
    page.press("pane.close");
    assertFalse(labels().contains("inside"));
    get(host.enable("pane", false));
    get(host.enable("pane", true));
    assertFalse(labels().contains("inside"));
    Ui.run(
        () -> pluginMenu().findFirst().orElseThrow().notifyListeners(SWT.Selection, new Event()));
    assertEquals("plugins.right", place());
    get(host.remove("pane"));
    assertFalse(labels().contains("Pane"));
  }

  private Control inside() {
    return Ui.ask(() -> Widgets.find(page.window().shell(), "inside"));
  }

  private String place() {
    return Ui.ask(() -> String.valueOf(inside().getParent().getParent().getParent().getData("id")));
  }

  @Test
  void whatIsHeardCanBeAnsweredAndNotified() throws Exception {
    install(
        new PluginJar("echo")
            .header("Chat-Rights", "reads-messages, sends-messages")
            .usesWorkbench()
            .part(
                BENCH
                    + "public void on(ChatEvent event) {"
                    + " if (event instanceof ChatEvent.Received r) {"
                    + "  Message m = r.message();"
                    + "  int before = bench.chat().messages(m.room()).size();"
                    + "  bench.background().run(\"Counting\", () -> m.body().text().length())"
                    + "   .thenAccept(n -> bench.chat().send(m.room(),"
                    + "    m.author().name() + \" \" + n + \" \" + before + \" \""
                    + "     + bench.chat().rooms().size() + bench.chat().current().get().name())); } }"
                    + "public void show(String title, String text) {"
                    + " bench.settings().put(\"shown\", title + \"/\" + text); }",
                "EventListener",
                "Notifier"));
    service.say(ANNA, "four");
    Ui.await("answer", 60, () -> !service.sent.isEmpty());
    assertEquals("Anna 4 2 1Lobby", service.sent.getFirst());
    Ui.run(() ->
        context
            .extensions()
            .tellAll(chat.desktop.api.Notifier.class, each -> each.show("Anna", "four")));
    assertTrue(
        java.nio.file.Files.readString(folder.resolve("plugins/echo/settings.properties"))
            .contains("shown=Anna/four"));
  }

  @Test
  void reactionsAndOffersGoThroughTheAccount() throws Exception {
    Path file = java.nio.file.Files.writeString(folder.resolve("note.txt"), "note");
    install(
        new PluginJar("acts")
            .header("Chat-Rights", "reads-messages, sends-messages, files")
            .usesWorkbench()
            .part(
                BENCH
                    + "public String title() { return \"Act\"; }"
                    + "public void run(Shell shell, Compose compose) {"
                    + " bench.chat().react(bench.chat().messages(1).getFirst(), \"👍\");"
                    + " bench.chat().offer(java.nio.file.Path.of(\""
                    + file.toString().replace("\\", "\\\\")
                    + "\")); }",
                "ComposeAction"));
    Ui.run(() -> new PluginCommands(context.extensions()).compose().getFirst().action().run());
    Ui.await("reaction", 60, () -> !service.commands(Command.React.class).isEmpty());
    assertEquals("👍", service.commands(Command.React.class).getFirst().emoji());
    Ui.await("upload", 60, () -> service.uploads.equals(List.of(file)));
  }

  @Test
  void whatFailsIsNamedInTheWindowAndTheListSaysWhy() throws Exception {
    install(
        new PluginJar("broken")
            .part(
                "public String id() { return \"plug.broken\"; }"
                    + "public String title() { return \"Broken\"; }"
                    + "public void create(Composite p, PaneLook l, Compose c) {"
                    + " new Label(p, SWT.NONE).setText(\"half\");"
                    + " throw new IllegalStateException(\"half done\"); }",
                "View"));
    Ui.await("banner", 60, () -> page.banner().startsWith("“BROKEN” was switched off. It failed."));
    assertTrue(page.banner().contains("half done"), page.banner());
    assertFalse(labels().contains("half"));
    page.menu("chat.plugins");
    Ui.run(() -> {
      Shell list = Widgets.shell(Ui.display(), "plugins").orElseThrow();
      String words = Widgets.text(Ui.display(), "plugins.words").getText();
      assertTrue(words.startsWith("It failed. ("), words);
      list.close();
    });
    page.send("still here");
    page.awaitRow("still here");
  }
}
