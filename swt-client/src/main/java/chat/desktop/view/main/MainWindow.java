// SPDX-License-Identifier: Apache-2.0
package chat.desktop.view.main;

import chat.desktop.model.app.AccountActions;
import chat.desktop.model.app.ChatModel;
import chat.desktop.model.app.FileActions;
import chat.desktop.model.app.MentionHint;
import chat.desktop.model.app.MessageActions;
import chat.desktop.model.app.ModelListener;
import chat.desktop.model.app.RoomActions;
import chat.desktop.model.app.SearchResults;
import chat.desktop.model.app.SideItem;
import chat.desktop.model.notify.NotificationRules;
import chat.desktop.model.platform.DesktopIntegration;
import chat.desktop.model.platform.DesktopNotifications;
import chat.desktop.model.room.Intent;
import chat.desktop.model.room.Offered;
import chat.desktop.model.room.Room;
import chat.desktop.model.room.Row;
import chat.desktop.model.text.Formats;
import chat.desktop.plugin.SlashCommands;
import chat.desktop.view.alert.WindowAlerts;
import chat.desktop.view.dialog.AccountDialogs;
import chat.desktop.view.dialog.DateDialog;
import chat.desktop.view.dialog.RoomDialogs;
import chat.desktop.view.plugin.PluginCommands;
import chat.desktop.view.plugin.PluginsDialog;
import chat.desktop.view.transcript.MessageMenu;
import chat.desktop.view.transcript.TranscriptView;
import chat.desktop.view.widget.AppContext;
import chat.desktop.view.widget.EmojiPicker;
import chat.desktop.view.widget.Faces;
import chat.desktop.view.widget.FlatButton;
import chat.desktop.view.widget.FormDialog;
import chat.desktop.view.widget.Keys;
import chat.desktop.view.widget.Theme;
import chat.desktop.view.widget.WindowPlace;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.ImageData;
import org.eclipse.swt.graphics.Rectangle;
import org.eclipse.swt.layout.FillLayout;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.layout.GridLayout;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Display;
import org.eclipse.swt.widgets.Listener;
import org.eclipse.swt.widgets.Shell;
import org.jspecify.annotations.Nullable;

/**
 * The window of an account. It puts the parts together and carries changes of the model to them:
 * however many changes come in a turn, each part is refreshed once.
 */
public final class MainWindow
    implements ModelListener, ComposeBox.Actions, HeaderBar.Actions, TranscriptView.Sight {

  /** What ends or replaces the window. */
  public interface Exits {
    void quit();

    /** The window is to be built again, in other words. */
    void rebuild();
  }

  private final ChatModel model;
  private final AppContext context;
  private final Theme theme;
  private final DesktopIntegration integration;
  private final Shell shell;
  private final SidePane side;
  private final HeaderBar header;
  private final TranscriptView transcript;
  private final AnnouncementBar announcement;
  private final TypingLine typing;
  private final Banner banner;
  private final IntentBar intent;
  private final ComposeBox compose;
  private final MessageActions messages;
  private final RoomDialogs dialogs;
  private final FilesPane files;
  private final FindPane find;
  private final StatusStrip strip;
  private final PanesLayout layout;
  private final WindowExtensions extensions;
  private final WindowAlerts alerts;
  private final Set<Part> stale = EnumSet.noneOf(Part.class);
  private @Nullable Room composing;
  private @Nullable Intent composed;
  private boolean active;

  public MainWindow(
      Display display,
      ChatModel model,
      AppContext context,
      Exits exits,
      BiFunction<Shell, Theme, DesktopIntegration> outside) {
    this.model = model;
    this.context = context;
    Faces faces = new Faces(display, this::picture, this::pictured);
    this.theme = Theme.of(display, context.palette(), context.texts(), context.zone(), faces);
    shell = new Shell(display, SWT.SHELL_TRIM);
    shell.setData("id", "main");
    shell.setLayout(new FillLayout());
    this.integration = outside.apply(shell, theme);
    FileActions actions = new FileActions(model, this.integration, context.downloads());
    Composite all = new Composite(shell, SWT.NONE);
    all.setBackground(theme.palette().line());
    messages = new MessageActions(model);
    RoomActions rooms = new RoomActions(model);
    dialogs = new RoomDialogs(shell, theme, context, model, rooms, this.integration);
    side = new SidePane(all, theme, model, content(rooms), dialogs.more());
    Composite middle = middle(all);
    header = new HeaderBar(middle, theme, model, this);
    header.setLayoutData(new GridData(SWT.FILL, SWT.CENTER, true, false));
    announcement = new AnnouncementBar(middle, theme, model.serverNews());
    MessageMenu rowDeeds = new MessageMenu(shell, theme, context, model, messages);
    transcript =
        new TranscriptView(middle, theme, model, actions, this.integration, rowDeeds, this);
    transcript.setLayoutData(new GridData(SWT.FILL, SWT.FILL, true, true));
    typing = new TypingLine(middle, theme, model);
    typing.setLayoutData(new GridData(SWT.FILL, SWT.CENTER, true, false));
    banner = new Banner(middle, theme);
    intent = new IntentBar(middle, theme, this::leaveIntent);
    compose = new ComposeBox(middle, theme, model, this);
    compose.setLayoutData(new GridData(SWT.FILL, SWT.END, true, false));
    files = new FilesPane(all, theme, model, actions, this::toggleFiles);
    strip = new StatusStrip(all, theme, model);
    find = new FindPane(all, theme, model, this::show, () -> showFind(false));
    Keys keys = keys(exits);
    extensions = new WindowExtensions(this, context, all, strip, keys);
    layout = layOut(all);
    showFiles(context.settings().filesPane());
    Incoming.dropped(all, this::sendFiles);
    alerts = alerts(exits);
    listen(exits);
    WindowPlace.restore(shell, context.settings());
    refresh(EnumSet.allOf(Part.class));
    extensions.refresh();
  }

  private Keys keys(Exits exits) {
    var deeds = new WindowCommands(this, exits).all();
    Keys keys = new Keys(shell, deeds);
    MenuBar.make(shell, theme, deeds, keys);
    return keys;
  }

  private WindowAlerts alerts(Exits exits) {
    DesktopNotifications desktop = integration.notifications();
    return new WindowAlerts(shell, theme, context, model, desktop, this::say, exits::quit);
  }

  private PanesLayout layOut(Composite all) {
    var panes = extensions.panes();
    PanesLayout made =
        new PanesLayout(side, middle(), files, find, strip, panes.right(), panes.bottom());
    all.setLayout(made);
    return made;
  }

  /** Between the panes. */
  private Composite middle() {
    return header.getParent();
  }

  private SideContent content(RoomActions rooms) {
    return new SideContent(
        theme,
        model,
        rooms,
        dialogs,
        person -> mention(person.name()),
        new PluginCommands(context.extensions()),
        new NotificationRules(model, context.settings(), context.zone()));
  }

  public Shell shell() {
    return shell;
  }

  public void open() {
    shell.open();
    model.attendance().touched();
    compose.text().setFocus();
  }

  /** Closes the window; the model lives on. */
  public void close() {
    if (!shell.isDisposed()) {
      WindowPlace.keep(shell, context.settings());
      shell.dispose();
    }
  }

  public ChatModel model() {
    return model;
  }

  AppContext setup() {
    return context;
  }

  public Theme look() {
    return theme;
  }

  public TranscriptView transcript() {
    return transcript;
  }

  public ComposeBox compose() {
    return compose;
  }

  public SidePane side() {
    return side;
  }

  public RoomDialogs dialogs() {
    return dialogs;
  }

  AccountDialogs account() {
    return new AccountDialogs(shell, theme, new AccountActions(model));
  }

  public IntentBar intent() {
    return intent;
  }

  public TypingLine typing() {
    return typing;
  }

  @Override
  public void changed(Part part) {
    if (stale.isEmpty() && !shell.isDisposed()) {
      shell.getDisplay().asyncExec(this::refreshStale);
    }
    stale.add(part);
  }

  @Override
  public void failed(Throwable why) {
    if (!shell.isDisposed()) {
      banner.say(FormDialog.words(theme, why));
    }
  }

  @Override
  public void wrote(String text) {
    Room room = model.current();
    if (room != null && !(room.intent() instanceof Intent.Change)) {
      model.wrote(room, text);
    }
  }

  @Override
  public void editLast() {
    Room room = model.current();
    if (room != null) {
      messages.editLast(room);
    }
  }

  /** What is written next must not be overlooked; or it may again. */
  void insist() {
    Room room = model.current();
    if (room != null) {
      boolean insists = room.intent() instanceof Intent.Insist;
      model.intend(room, insists ? new Intent.Say() : new Intent.Insist());
      compose.text().setFocus();
    }
  }

  @Override
  public void leaveIntent() {
    Room room = model.current();
    if (room != null && !(room.intent() instanceof Intent.Say)) {
      model.intend(room, new Intent.Say());
    }
  }

  @Override
  public @Nullable MentionHint hint(String text, int caret) {
    Room room = model.current();
    if (room == null || !text.contains("@")) {
      return null;
    }
    model.loadMembers(room);
    return MentionHint.of(model, room, text, caret);
  }

  @Override
  public List<SlashCommands.Offer> commands(String text) {
    return new SlashCommands(context.extensions()).offers(text);
  }

  @Override
  public void more(FlatButton button) {
    extensions.more(button);
  }

  /** Opens the list of plug-ins. */
  void plugins() {
    new PluginsDialog(shell, theme, context, integration).open();
  }

  /** Tells the user something that is not about what was written. */
  void say(String words) {
    banner.say(words);
  }

  @Override
  public boolean send(String typed) {
    banner.say("");
    Optional<String> text = new SlashCommands(context.extensions()).expand(typed);
    int limit = model.client().limits().text();
    int length = text.map(t -> t.getBytes(StandardCharsets.UTF_8).length).orElse(0);
    if (length > limit) {
      banner.say(theme.text("compose.tooLong", Formats.size(length), Formats.size(limit)));
      return false;
    }
    Room room = model.current();
    if (room == null) {
      return false;
    }
    boolean change = room.intent() instanceof Intent.Change;
    text.ifPresent(said -> post(room, said));
    if (!change) {
      model.backToNow(room);
      transcript.jumpToNewest();
    }
    return true;
  }

  /** A text that could not be kept goes back to where it was written. */
  private void post(Room room, String text) {
    var unused =
        messages
            .say(room, text)
            .exceptionally(failure -> {
              if (!shell.isDisposed()) {
                banner.say(theme.text("compose.notKept"));
                compose.insert(text);
              }
              return null;
            });
  }

  @Override
  public void chooseFiles() {
    sendFiles(integration.filesToSend());
  }

  @Override
  public void sendFiles(List<Path> paths) {
    banner.say("");
    for (Path path : paths) {
      var unused = model.traffic().upload(path).thenAccept(this::offered);
    }
  }

  private void offered(Offered offered) {
    if (shell.isDisposed()) {
      return;
    }
    switch (offered) {
      case Offered.Started _ -> transcript.jumpToNewest();
      case Offered.TooLarge(String name, long size, long limit) ->
          banner.say(theme.text("file.tooLarge", name, Formats.size(size), Formats.size(limit)));
      case Offered.Unreadable(String name) -> banner.say(theme.text("file.unreadable", name));
      case Offered.Nowhere(String name) -> banner.say(theme.text("file.nowhere", name));
    }
  }

  @Override
  public void emoji(FlatButton button) {
    var corner = button.toDisplay(button.getSize().x, -8);
    new EmojiPicker(shell, theme, context.emoji().get(), context.settings(), compose::insert)
        .open(corner);
  }

  /** Opens the search with the caret in its field. */
  @Override
  public void find() {
    showFind(true);
    find.begin();
  }

  public FindPane findPane() {
    return find;
  }

  private void showFind(boolean shown) {
    layout.findWanted(shown);
    find.getParent().layout();
    if (!shown) {
      compose.text().setFocus();
    }
  }

  private void show(SearchResults.Hit hit) {
    transcript.jump(hit.room(), hit.entry().number());
  }

  @Override
  public void details() {
    dialogs.current();
  }

  @Override
  public void jump(long number) {
    transcript.jump(number);
  }

  @Override
  public void toggleFiles() {
    boolean shown = layout.findWanted() || !context.settings().filesPane();
    layout.findWanted(false);
    context.settings().filesPane(shown);
    showFiles(shown);
  }

  /** Goes to the room so many places further. */
  void step(int direction) {
    List<Room> rooms = SideItem.rooms(model, side.arrangement());
    if (!rooms.isEmpty()) {
      int now = model.current() == null ? 0 : rooms.indexOf(model.current());
      model.select(rooms.get(Math.floorMod(now + direction, rooms.size())));
    }
  }

  private Composite middle(Composite parent) {
    Composite middle = new Composite(parent, SWT.NONE);
    middle.setBackground(theme.palette().paper());
    GridLayout grid = new GridLayout();
    grid.marginWidth = 0;
    grid.marginHeight = 0;
    grid.verticalSpacing = 0;
    middle.setLayout(grid);
    return middle;
  }

  private void listen(Exits exits) {
    model.listen(this);
    shell.addListener(SWT.Close, event -> closed(event, exits));
    Listener touch = _ -> model.attendance().touched();
    for (int type : new int[] {SWT.KeyDown, SWT.MouseMove, SWT.MouseDown}) {
      shell.getDisplay().addFilter(type, touch);
      shell.addListener(SWT.Dispose, _ -> shell.getDisplay().removeFilter(type, touch));
    }
    shell.addListener(SWT.Activate, _ -> active(true));
    shell.addListener(SWT.Deactivate, _ -> active(false));
    shell.addListener(
        SWT.Dispose,
        _ -> {
          model.forget(this);
          theme.dispose();
        });
  }

  private CompletableFuture<Optional<ImageData>> picture(Faces.Sitter sitter) {
    CompletableFuture<byte[]> bytes =
        switch (sitter) {
          case Faces.Sitter.Somebody(long account, long _) -> model.client().pictureOf(account);
          case Faces.Sitter.Room(long room, long _) -> model.client().pictureOfRoom(room);
        };
    return bytes.thenCompose(all -> model.work(() -> sitter.cut(all)));
  }

  /** Somebody's picture has come, or that of a room. */
  private void pictured() {
    side.list().redraw();
    header.redraw();
    transcript.redraw();
    for (Shell dialog : shell.getShells()) {
      Rectangle all = dialog.getClientArea();
      dialog.redraw(0, 0, all.width, all.height, true);
    }
  }

  private void active(boolean now) {
    active = now;
    endMoved();
    if (active) {
      transcript.tellSeen();
    }
  }

  @Override
  public void endMoved() {
    model.attentive(active && transcript.atEnd());
  }

  /** Read is what is in view while the window is in front. */
  @Override
  public void inView(Room room, long first, long last) {
    if (active) {
      model.saw(room, first, last);
    }
  }

  @Override
  public void leadsNowhere() {
    banner.say(theme.text("link.nowhere"));
  }

  /** Takes the room that is shown for read. */
  void markRead() {
    Room room = model.current();
    if (room != null) {
      model.markRead(room);
    }
  }

  /** Asks for a day and shows its messages. */
  void jumpToDate() {
    Room room = model.current();
    if (room != null) {
      DateDialog.open(
          shell,
          theme,
          time -> {
            var unused =
                model.numberAt(room, time).thenAccept(number -> transcript.jump(room, number));
          });
    }
  }

  private void closed(org.eclipse.swt.widgets.Event event, Exits exits) {
    event.doit = false;
    if (!alerts.putAway()) {
      exits.quit();
    }
  }

  private void showFiles(boolean shown) {
    layout.filesWanted(shown);
    header.filesShown(shown);
    files.getParent().layout();
  }

  private void mention(String name) {
    compose.insert("@" + name + " ");
    compose.text().setFocus();
  }

  private void refreshStale() {
    if (!shell.isDisposed()) {
      Set<Part> parts = EnumSet.copyOf(stale);
      stale.clear();
      refresh(parts);
    }
  }

  private void refresh(Set<Part> parts) {
    for (Part part : parts) {
      switch (part) {
        case LINK -> {
          strip.refresh();
          side.refresh();
          header.refresh();
          transcript.redraw();
        }
        case UNSENT -> strip.refresh();
        case ENTERED, LOGGED_OUT -> {}
        case ROOMS -> {
          transcript.show(model.current());
          showCompose();
          side.refresh();
          header.refresh();
          title();
        }
        case PEOPLE -> {
          side.refresh();
          header.redraw();
        }
        case SIGNS -> {
          typing.redraw();
          header.redraw();
          transcript.redraw();
        }
        case SERVER -> announcement.refresh();
        case FILES -> files.refresh();
      }
    }
  }

  /** Shows what is being written in the room, and what it is meant to be. */
  private void showCompose() {
    Room room = model.current();
    compose.writable(room == null || messages.mayWrite(room));
    Intent meant = room == null ? new Intent.Say() : room.intent();
    if (room == composing && meant.equals(composed)) {
      return;
    }
    boolean other = room != composing;
    boolean changes = meant instanceof Intent.Change || composed instanceof Intent.Change;
    composing = room;
    composed = meant;
    intent.show(meant);
    typing.redraw();
    if (room != null && (other || changes)) {
      compose.show(meant instanceof Intent.Change(Row.Said of) ? of.text() : room.draft());
    }
    if (other) {
      banner.say("");
    }
    if (shell.getDisplay().getActiveShell() == shell) {
      compose.text().setFocus();
    }
  }

  private void title() {
    Room room = model.current();
    String name = theme.text("app.name") + (room == null ? "" : " – " + theme.title(room));
    shell.setText(model.calling() == 0 ? name : "(" + model.calling() + ") " + name);
  }

  /** Whether a control has the keys. */
  static boolean focused(Control control) {
    return !control.isDisposed() && control.isFocusControl();
  }
}
