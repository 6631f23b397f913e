// SPDX-License-Identifier: Apache-2.0
package chat.desktop.view.plugin;

import chat.desktop.api.PreferencePage;
import chat.desktop.model.platform.DesktopIntegration;
import chat.desktop.plugin.Contribution;
import chat.desktop.plugin.InstalledPlugin;
import chat.desktop.plugin.PluginFile;
import chat.desktop.plugin.PluginHost;
import chat.desktop.plugin.Trouble;
import chat.desktop.view.widget.AppContext;
import chat.desktop.view.widget.AskDialog;
import chat.desktop.view.widget.Centre;
import chat.desktop.view.widget.FormDialog;
import chat.desktop.view.widget.Theme;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.layout.GridLayout;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.swt.widgets.Table;
import org.eclipse.swt.widgets.TableColumn;
import org.eclipse.swt.widgets.TableItem;
import org.eclipse.swt.widgets.Text;
import org.jspecify.annotations.Nullable;

/** The plug-ins of a user: what is installed, what it may do, why it is off. */
public final class PluginsDialog {
  private static final int WIDTH = 460;
  private static final int ROWS = 220;
  private static final int WORDS = 120;
  private static final int CLOSE = 96;

  private final Theme theme;
  private final AppContext context;
  private final PluginHost host;
  private final DesktopIntegration integration;
  private final Shell shell;
  private final Table table;
  private final Text words;
  private final Button update;
  private final Button onOff;
  private final Button remove;
  private final Button settings;
  private List<InstalledPlugin> shown = List.of();

  public PluginsDialog(
      Shell parent, Theme theme, AppContext context, DesktopIntegration integration) {
    this.theme = theme;
    this.context = context;
    this.host = context.plugins();
    this.integration = integration;
    shell = new Shell(parent, SWT.DIALOG_TRIM | SWT.RESIZE);
    shell.setData("id", "plugins");
    shell.setText(theme.title("chat.plugins"));
    GridLayout layout = new GridLayout(2, false);
    layout.marginWidth = 20;
    layout.marginHeight = 18;
    layout.horizontalSpacing = 16;
    layout.verticalSpacing = 12;
    shell.setLayout(layout);
    table = table();
    Composite buttons = buttons();
    button(buttons, "plugins.file", this::chooseFile);
    button(buttons, "plugins.address", () -> askAddress(""));
    update = button(buttons, "plugins.update", () -> chosen().ifPresent(this::update));
    onOff = button(buttons, "plugins.switchOff", () -> chosen().ifPresent(this::toggle));
    settings = button(buttons, "plugins.settings", () -> chosen().ifPresent(this::settings));
    remove = button(buttons, "plugins.remove", () -> chosen().ifPresent(this::remove));
    words = new Text(shell, SWT.MULTI | SWT.WRAP | SWT.READ_ONLY | SWT.V_SCROLL);
    words.setData("id", "plugins.words");
    GridData wide = new GridData(SWT.FILL, SWT.FILL, true, false, 2, 1);
    wide.heightHint = WORDS;
    wide.widthHint = WIDTH;
    words.setLayoutData(wide);
    Button close = FormDialog.button(shell, "button.close", theme.text("button.close"));
    close.addListener(SWT.Selection, _ -> shell.close());
    GridData end = new GridData(SWT.END, SWT.CENTER, true, false, 2, 1);
    end.widthHint = Math.max(CLOSE, close.computeSize(SWT.DEFAULT, SWT.DEFAULT).x);
    close.setLayoutData(end);
    Runnable changed = this::refresh;
    host.listen(changed);
    context.extensions().listen(changed);
    shell.addListener(
        SWT.Dispose,
        _ -> {
          host.forget(changed);
          context.extensions().forget(changed);
        });
    refresh();
  }

  public void open() {
    shell.pack();
    Centre.on(shell);
    shell.open();
  }

  private Table table() {
    Table made = new Table(shell, SWT.BORDER | SWT.FULL_SELECTION | SWT.SINGLE);
    made.setData("id", "plugins.list");
    made.setHeaderVisible(true);
    GridData data = new GridData(SWT.FILL, SWT.FILL, true, true);
    data.widthHint = WIDTH;
    data.heightHint = ROWS;
    made.setLayoutData(data);
    column(made, "plugins.name", 220);
    column(made, "plugins.version", 90);
    column(made, "plugins.state", 140);
    made.addListener(SWT.Selection, _ -> chose());
    return made;
  }

  private void column(Table parent, String key, int width) {
    TableColumn column = new TableColumn(parent, SWT.NONE);
    column.setText(theme.text(key));
    column.setWidth(width);
  }

  private Composite buttons() {
    Composite bar = new Composite(shell, SWT.NONE);
    GridLayout layout = new GridLayout();
    layout.marginWidth = 0;
    layout.marginHeight = 0;
    bar.setLayout(layout);
    bar.setLayoutData(new GridData(SWT.FILL, SWT.BEGINNING, false, false));
    return bar;
  }

  private Button button(Composite bar, String key, Runnable action) {
    Button button = FormDialog.button(bar, key, theme.text(key));
    button.addListener(SWT.Selection, _ -> action.run());
    return button;
  }

  private void refresh() {
    String before = chosen().map(InstalledPlugin::id).orElse("");
    shown = host.installed();
    table.removeAll();
    for (InstalledPlugin plugin : shown) {
      TableItem item = new TableItem(table, SWT.NONE);
      item.setText(new String[] {plugin.name(), plugin.version(), state(plugin)});
      if (plugin.id().equals(before)) {
        table.select(table.getItemCount() - 1);
      }
    }
    if (table.getSelectionIndex() < 0 && !shown.isEmpty()) {
      table.select(0);
    }
    chose();
  }

  private String state(InstalledPlugin plugin) {
    return theme.text(
        host.isRunning(plugin.id())
            ? "plugins.state.on"
            : plugin.trouble().isPresent() ? "plugins.state.failed" : "plugins.state.off");
  }

  private Optional<InstalledPlugin> chosen() {
    int at = table.getSelectionIndex();
    return at < 0 || at >= shown.size() ? Optional.empty() : Optional.of(shown.get(at));
  }

  private void chose() {
    @Nullable InstalledPlugin plugin = chosen().orElse(null);
    for (Button button : List.of(update, onOff, remove)) {
      button.setEnabled(plugin != null);
    }
    settings.setEnabled(plugin != null && page(plugin).isPresent());
    if (plugin == null) {
      say(theme.text("plugins.none"));
      return;
    }
    boolean on = host.isRunning(plugin.id());
    onOff.setText(theme.text(on ? "plugins.switchOff" : "plugins.switchOn"));
    String trouble = plugin.trouble().map(t -> PluginTexts.why(theme, t) + "\n\n").orElse("");
    say(
        trouble
            + theme.text("plugins.claims", plugin.name())
            + "\n"
            + PluginTexts.rights(theme, plugin.accepted()));
  }

  private void say(String text) {
    if (!shell.isDisposed()) {
      words.setText(text);
    }
  }

  private void chooseFile() {
    integration.plugin().ifPresent(file -> offer(host.inspect(file), "", Optional.empty()));
  }

  private void askAddress(String first) {
    FormDialog dialog = new FormDialog(shell, theme, "plugins.address", "pluginAddress");
    Text address = dialog.field("plugins.url");
    address.setText(first);
    dialog.explains(failure -> PluginTexts.why(theme, failure));
    dialog.open(
        "plugins.fetch",
        () -> {
          String typed = address.getText();
          return host.fetch(typed)
              .thenAccept(
                  file -> offer(CompletableFuture.completedFuture(file), typed, Optional.empty()));
        });
  }

  private void update(InstalledPlugin plugin) {
    if (plugin.source().isEmpty()) {
      integration
          .plugin()
          .ifPresent(file -> offer(host.inspect(file), "", Optional.of(plugin.id())));
    } else {
      offer(host.fetch(plugin.source()), plugin.source(), Optional.of(plugin.id()));
    }
  }

  /** Shows what a file claims to do, and installs it if the user agrees. */
  private void offer(CompletableFuture<PluginFile> found, String source, Optional<String> wanted) {
    var unused =
        found
            .thenAccept(file -> ask(file, source, wanted))
            .exceptionally(failure -> {
              say(PluginTexts.why(theme, failure));
              return null;
            });
  }

  private void ask(PluginFile file, String source, Optional<String> wanted) {
    if (shell.isDisposed()) {
      return;
    }
    Optional<InstalledPlugin> there =
        shown.stream().filter(each -> each.id().equals(file.id())).findFirst();
    boolean another = wanted.isPresent() && !wanted.get().equals(file.id());
    if (another || wanted.isEmpty() && there.isPresent()) {
      say(PluginTexts.why(theme, new Trouble(Trouble.Kind.DUPLICATE, file.id())));
      return;
    }
    if (there.isPresent() && there.get().accepted().containsAll(file.rights())) {
      install(file, source);
      return;
    }
    String question =
        theme.text(
            there.isPresent() ? "plugins.askMore" : "plugins.ask",
            file.name(),
            file.version(),
            PluginTexts.rights(theme, file.rights()));
    AskDialog.warn(shell, theme, question, "plugins.install", () -> install(file, source));
  }

  private void install(PluginFile file, String source) {
    done(host.install(file, file.rights(), source));
  }

  private void toggle(InstalledPlugin plugin) {
    done(host.enable(plugin.id(), !host.isRunning(plugin.id())));
  }

  private void remove(InstalledPlugin plugin) {
    AskDialog.open(
        shell,
        theme,
        theme.text("plugins.askRemove", plugin.name()),
        "plugins.remove",
        () -> done(host.remove(plugin.id())));
  }

  private void done(CompletableFuture<?> work) {
    var unused =
        work.exceptionally(failure -> {
          say(PluginTexts.why(theme, failure));
          return null;
        });
  }

  private Optional<Contribution<PreferencePage>> page(InstalledPlugin plugin) {
    return context.extensions().all(PreferencePage.class).stream()
        .filter(each -> each.plugin().equals(plugin.id()))
        .findFirst();
  }

  private void settings(InstalledPlugin plugin) {
    page(plugin).ifPresent(page -> PluginPage.open(shell, theme, context.extensions(), page));
  }
}
