// SPDX-License-Identifier: Apache-2.0
package chat.desktop.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.desktop.api.SlashCommand;
import chat.desktop.api.View;
import chat.desktop.ui.Ui;
import chat.desktop.ui.Widgets;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Shell;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Plug-ins in a framework of their own, with a thread of windows and without a window. */
@ExtendWith(Ui.class)
class PluginHostTest {
  private static final String GREETS =
      "public String name() { return \"hi\"; }"
          + "public String expand(String to) { return \"Hi, \" + to + \"!\"; }";
  private static final String PANE =
      "Thread own; public String id() { return \"plug.pane\"; }"
          + "public String title() { return \"Pane\"; }"
          + "public void create(Composite parent, PaneLook look, Compose compose) {"
          + "  Label label = new Label(parent, SWT.NONE); label.setText(\"here\");"
          + "  label.addListener(SWT.MouseUp, e -> { throw new IllegalStateException(\"click\"); });"
          + "  Workbench mine = bench;"
          + "  bench.background().run(\"work\", () -> { mine.settings().put(\"a\", \"b\"); return 1; }); }"
          + "Workbench bench; public void bind(Workbench given) { bench = given; }";

  @TempDir Path folder;
  private final Extensions extensions = new Extensions(List.of(), List.of());
  private PluginFolder plugins;
  private PluginHost host;

  @BeforeEach
  void open() {
    plugins = new PluginFolder(folder.resolve("plugins"));
    host = host(Duration.ofSeconds(1));
  }

  private PluginHost host(Duration patience) {
    return new PluginHost(Ui.display(), plugins, folder.resolve("cache"), extensions, patience);
  }

  @AfterEach
  void close() {
    Ui.run(host::close);
  }

  private static <T> T get(CompletableFuture<T> answer) throws Exception {
    return answer.get(60, TimeUnit.SECONDS);
  }

  private void install(PluginJar jar) throws Exception {
    PluginFile file = get(host.inspect(jar.in(folder)));
    get(host.install(file, file.rights(), ""));
  }

  private String expand(String typed) {
    return Ui.ask(() -> new SlashCommands(extensions).expand(typed)).orElse("");
  }

  private Optional<Trouble> trouble(String id) {
    return plugins.get(id).orElseThrow().trouble();
  }

  private void awaitTrouble(String id, Trouble.Kind kind) {
    Ui.await(
        id + " has " + kind,
        60,
        () ->
            host.installed().stream()
                .anyMatch(p ->
                    p.id().equals(id) && p.trouble().map(Trouble::kind).equals(Optional.of(kind))));
    assertFalse(host.isRunning(id));
  }

  @Test
  void aPluginIsInstalledUpdatedSwitchedOffAndRemoved() throws Exception {
    install(new PluginJar("hi").part(GREETS, "SlashCommand"));
    assertTrue(host.isRunning("hi"));
    assertEquals("Hi, all!", expand("/hi all"));
    install(
        new PluginJar("hi")
            .header("Bundle-Version", "2.0.0")
            .part(GREETS.replace("Hi, ", "Hello, "), "SlashCommand"));
    assertEquals("Hello, all!", expand("/hi all"));
    assertEquals("2.0.0", host.installed().getFirst().version());
    get(host.enable("hi", false));
    assertEquals("/hi all", expand("/hi all"));
    get(host.enable("hi", true));
    assertEquals("Hello, all!", expand("/hi all"));
    get(host.remove("hi"));
    assertEquals("/hi all", expand("/hi all"));
    assertEquals(List.of(), host.installed());
  }

  @Test
  void whatIsInstalledRunsTheNextTimeUnlessItIsOffOrInSafeMode() throws Exception {
    install(new PluginJar("hi").part(GREETS, "SlashCommand"));
    Ui.run(host::close);
    Ui.run(() -> extensions.remove(extensions.all(SlashCommand.class)));
    host = host(PluginHost.PATIENCE);
    get(host.safeMode());
    assertEquals(1, host.installed().size());
    assertEquals("/hi all", expand("/hi all"));
    Ui.run(host::close);
    host = host(PluginHost.PATIENCE);
    get(host.start(Optional.empty()));
    assertEquals("Hi, all!", expand("/hi all"));
  }

  @Test
  void whatTheProgramBringsIsInstalledForEverybody() throws Exception {
    Path preset = folder.resolve("preset");
    new PluginJar("hi").part(GREETS, "SlashCommand").in(preset);
    get(host.start(Optional.of(preset)));
    assertEquals("Hi, all!", expand("/hi all"));
    get(host.enable("hi", false));
    get(host.start(Optional.of(preset)));
    assertEquals("/hi all", expand("/hi all"));
  }

  @Test
  void anUpdateThatClaimsMoreIsNotRunUnasked() throws Exception {
    install(new PluginJar("hi").part(GREETS, "SlashCommand"));
    PluginFile more =
        get(
            host.inspect(
                new PluginJar("hi")
                    .header("Bundle-Version", "2")
                    .header("Chat-Rights", "network")
                    .part(GREETS, "SlashCommand")
                    .in(folder)));
    ExecutionException refused =
        assertThrows(
            ExecutionException.class, () -> get(host.install(more, java.util.Set.of(), "")));
    assertEquals(Trouble.Kind.WANTS_MORE, ((PluginException) refused.getCause()).trouble().kind());
  }

  @Test
  void whatDoesNotResolveOrActivateIsOffAndNamed() throws Exception {
    install(
        new PluginJar("far")
            .header("Import-Package", "chat.desktop.api;version=\"[9,10)\"")
            .part(GREETS, "SlashCommand"));
    assertEquals(Trouble.Kind.UNRESOLVED, trouble("far").orElseThrow().kind());
    assertTrue(trouble("far").orElseThrow().detail().contains("chat.desktop.api"));
    install(
        new PluginJar("bad")
            .part(
                GREETS + "public void start() { throw new IllegalStateException(\"no\"); }",
                "SlashCommand"));
    awaitTrouble("bad", Trouble.Kind.THREW);
    assertTrue(trouble("bad").orElseThrow().detail().contains("no"), trouble("bad").toString());
    List<InstalledPlugin> untold = Ui.ask(host::untold);
    assertEquals(List.of("far", "bad"), untold.stream().map(InstalledPlugin::id).toList());
    install(new PluginJar("hi").part(GREETS, "SlashCommand"));
    assertEquals("Hi, all!", expand("/hi all"));
  }

  @Test
  void whatThrowsIsLeftOutAtOnceAndOff() throws Exception {
    install(
        new PluginJar("throws")
            .part(
                GREETS.replace("return \"Hi, \" + to + \"!\";", "throw new Error(to);"),
                "SlashCommand"));
    assertEquals("/hi all", expand("/hi all"));
    awaitTrouble("throws", Trouble.Kind.THREW);
    assertTrue(trouble("throws").orElseThrow().detail().contains("all"));
    get(host.enable("throws", true));
    assertTrue(host.isRunning("throws"));
  }

  @Test
  void twoOfOneNameAreOneTooMany() throws Exception {
    install(new PluginJar("first").part(GREETS, "SlashCommand"));
    install(new PluginJar("second").part(GREETS, "SlashCommand"));
    awaitTrouble("second", Trouble.Kind.DUPLICATE);
    assertEquals("Hi, all!", expand("/hi all"));
  }

  @Test
  void whoHearsMessagesHasToClaimIt() throws Exception {
    String hears = "public void on(ChatEvent event) {}";
    install(new PluginJar("hears").part(hears, "EventListener"));
    awaitTrouble("hears", Trouble.Kind.NOT_CLAIMED);
    install(
        new PluginJar("claims")
            .header("Chat-Rights", "reads-messages")
            .part(hears, "EventListener"));
    assertTrue(host.isRunning("claims"));
  }

  @Test
  void whatIsNotClaimedIsRefused() throws Exception {
    install(
        new PluginJar("asks")
            .usesWorkbench()
            .part(
                "Workbench bench; public void bind(Workbench given) { bench = given; }"
                    + "public String name() { return \"ask\"; }"
                    + "public String expand(String a) {"
                    + " bench.chat().send(1, \"spam\"); return a; }",
                "SlashCommand"));
    assertEquals("/ask x", expand("/ask x"));
    awaitTrouble("asks", Trouble.Kind.THREW);
    assertTrue(trouble("asks").orElseThrow().detail().contains("sends-messages"));
  }

  @Test
  void whatKeepsTheWindowsIsInterruptedAndNamed() throws Exception {
    install(
        new PluginJar("blocks")
            .part(
                GREETS.replace(
                    "return \"Hi, \" + to + \"!\";",
                    "try { Thread.sleep(600_000); return to; }"
                        + " catch (InterruptedException e) { return \"woken\"; }"),
                "SlashCommand"));
    assertEquals("woken", expand("/hi all"));
    awaitTrouble("blocks", Trouble.Kind.BLOCKED);
    assertTrue(trouble("blocks").orElseThrow().detail().contains("plug.Part.expand"));
    assertFalse(Ui.ask(Thread::interrupted));
  }

  @Test
  void whatNeverComesBackIsOffAtTheNextStart() throws Exception {
    Path release = folder.resolve("release");
    install(
        new PluginJar("loops")
            .part(
                GREETS.replace(
                    "return \"Hi, \" + to + \"!\";",
                    "while (!new java.io.File(to).exists()) { Thread.onSpinWait(); } return to;"),
                "SlashCommand"));
    CompletableFuture<String> typed = CompletableFuture.supplyAsync(() -> expand("/hi " + release));
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (trouble("loops").isEmpty() && System.nanoTime() < end) {
      Thread.onSpinWait();
    }
    assertEquals(Optional.of(Trouble.Kind.BLOCKED), trouble("loops").map(Trouble::kind));
    assertFalse(typed.isDone());
    Files.createFile(release);
    assertEquals(release.toString(), get(typed));
    awaitTrouble("loops", Trouble.Kind.BLOCKED);
  }

  @Test
  void aFaultInAListenerOfItsOwnIsItsFault() throws Exception {
    install(new PluginJar("pane").usesWorkbench().part(PANE, "View"));
    Ui.run(() -> {
      Shell shell = new Shell(Ui.display());
      create(shell);
      try {
        Widgets.all(shell).toList().getLast().notifyListeners(org.eclipse.swt.SWT.MouseUp, null);
        throw new AssertionError("it did not throw");
      } catch (IllegalStateException e) {
        assertTrue(host.blame(e));
      }
      assertFalse(host.blame(new IllegalStateException("ours")));
    });
    awaitTrouble("pane", Trouble.Kind.THREW);
  }

  private void create(Composite parent) {
    for (Contribution<View> view : extensions.all(View.class)) {
      extensions.tell(
          view,
          each ->
              each.create(
                  parent,
                  new chat.desktop.api.PaneLook(
                      parent.getBackground(),
                      parent.getForeground(),
                      parent.getForeground(),
                      parent.getForeground(),
                      parent.getForeground(),
                      parent.getFont(),
                      parent.getFont()),
                  new NoCompose()));
    }
  }

  /** Nothing is written. */
  private static final class NoCompose implements chat.desktop.api.Compose {
    @Override
    public String text() {
      return "";
    }

    @Override
    public String selection() {
      return "";
    }

    @Override
    public void insert(String text) {}

    @Override
    public void replace(String text) {}
  }

  private static long pluginThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("plugin-"))
        .count();
  }

  @Test
  void nothingIsLeftOfFiftyRounds() throws Exception {
    PluginFile file =
        get(host.inspect(new PluginJar("pane").usesWorkbench().part(PANE, "View").in(folder)));
    WeakReference<?>[] loaders = new WeakReference<?>[50];
    for (int round = 0; round < loaders.length; round++) {
      get(host.install(file, file.rights(), ""));
      Ui.run(() -> {
        Shell shell = new Shell(Ui.display());
        create(shell);
        shell.dispose();
      });
      loaders[round] = new WeakReference<>(host.loader("pane"));
      assertTrue(loaders[round].get() != null);
      get(host.remove("pane"));
      assertTrue(Ui.ask(() -> extensions.all(View.class)).isEmpty());
    }
    Ui.await("threads end", 60, () -> pluginThreads() == 0);
    Ui.await(
        "class loaders go",
        60,
        () -> {
          System.gc();
          for (WeakReference<?> loader : loaders) {
            if (loader.get() != null) {
              return false;
            }
          }
          return true;
        });
  }
}
