package chat.desktop.view;

import chat.desktop.model.ChatModel;
import chat.desktop.model.FileActions;
import chat.desktop.model.Formats;
import chat.desktop.model.ModelListener;
import chat.desktop.model.Offered;
import chat.desktop.model.Outside;
import chat.desktop.model.Room;
import chat.protocol.Content;
import chat.protocol.Event;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.FillLayout;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.layout.GridLayout;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Display;
import org.eclipse.swt.widgets.Shell;

/**
 * The window of an account. It puts the parts together and carries changes of the model to them:
 * however many changes come in a turn, each part is refreshed once.
 */
public final class MainWindow implements ModelListener, ComposeBox.Actions {

  /** What ends or replaces the window. */
  public interface Exits {
    void quit();

    /** The window is to be built again, in other words. */
    void rebuild();
  }

  private final ChatModel model;
  private final Setup setup;
  private final Look look;
  private final Outside outside;
  private final Shell shell;
  private final SidePane side;
  private final HeaderBar header;
  private final TranscriptView transcript;
  private final Banner banner;
  private final ComposeBox compose;
  private final FilesPane files;
  private final StatusStrip strip;
  private final PanesLayout layout;
  private final Set<Part> stale = EnumSet.noneOf(Part.class);

  public MainWindow(
      Display display,
      ChatModel model,
      Setup setup,
      Exits exits,
      Function<Shell, Outside> outside) {
    this.model = model;
    this.setup = setup;
    this.look = Look.of(display, setup.palette(), setup.texts(), setup.zone());
    shell = new Shell(display, SWT.SHELL_TRIM);
    shell.setData("id", "main");
    shell.setLayout(new FillLayout());
    this.outside = outside.apply(shell);
    FileActions actions = new FileActions(model, this.outside, setup.downloads());
    Composite all = new Composite(shell, SWT.NONE);
    all.setBackground(look.palette().line());
    side = new SidePane(all, look, model, person -> mention(person.name()));
    Composite middle = middle(all);
    header = new HeaderBar(middle, look, model, this::toggleFiles);
    header.setLayoutData(new GridData(SWT.FILL, SWT.CENTER, true, false));
    transcript = new TranscriptView(middle, look, model, actions, this.outside);
    transcript.setLayoutData(new GridData(SWT.FILL, SWT.FILL, true, true));
    banner = new Banner(middle, look);
    compose = new ComposeBox(middle, look, this);
    compose.setLayoutData(new GridData(SWT.FILL, SWT.END, true, false));
    files = new FilesPane(all, look, model, actions, this::toggleFiles);
    strip = new StatusStrip(all, look, model);
    layout = new PanesLayout(side, middle, files, strip);
    all.setLayout(layout);
    showFiles(setup.settings().filesPane());
    var deeds = new WindowDeeds(this, exits).all();
    MenuBar.make(shell, look, deeds, new Keys(shell, deeds));
    Incoming.dropped(all, this::sendFiles);
    listen();
    WindowPlace.restore(shell, setup.settings());
    shell.addListener(SWT.Close, event -> closed(event, exits));
    refresh(EnumSet.allOf(Part.class));
  }

  public Shell shell() {
    return shell;
  }

  public void open() {
    shell.open();
    compose.text().setFocus();
  }

  /** Closes the window; the model lives on. */
  public void close() {
    if (!shell.isDisposed()) {
      WindowPlace.keep(shell, setup.settings());
      shell.dispose();
    }
  }

  ChatModel model() {
    return model;
  }

  Setup setup() {
    return setup;
  }

  Look look() {
    return look;
  }

  TranscriptView transcript() {
    return transcript;
  }

  ComposeBox compose() {
    return compose;
  }

  SidePane side() {
    return side;
  }

  @Override
  public void changed(Part part) {
    if (stale.isEmpty() && !shell.isDisposed()) {
      shell.getDisplay().asyncExec(this::refreshStale);
    }
    stale.add(part);
  }

  @Override
  public void heard(Room room, Event.Entry entry) {
    boolean away = shell.getDisplay().getActiveShell() == null || shell.getMinimized();
    String text =
        switch (entry.content()) {
          case Content.Text said -> said.text();
          case Content.File file -> look.text("notify.file", file.name());
          case Content.Joined _,
              Content.Left _,
              Content.Erased _,
              Content.Damaged _,
              Content.Edited _,
              Content.Deleted _,
              Content.Reacted _,
              Content.Pinned _,
              Content.RoomSet _,
              Content.Done _,
              Content.Gone _ ->
              "";
        };
    if (away && setup.settings().notifications() && !text.isEmpty()) {
      String title = look.text("notify.title", entry.author().name(), room.name());
      setup.notifiers().forEach(notifier -> notifier.show(title, text));
    }
  }

  @Override
  public boolean send(String typed) {
    banner.say("");
    Optional<String> text = setup.slashCommands().expand(typed);
    int limit = model.service().limits().text();
    int length = text.map(t -> t.getBytes(StandardCharsets.UTF_8).length).orElse(0);
    if (length > limit) {
      banner.say(look.text("compose.tooLong", Formats.size(length), Formats.size(limit)));
      return false;
    }
    text.ifPresent(this::post);
    transcript.jumpToNewest();
    return true;
  }

  /** A text that could not be kept goes back to where it was written. */
  private void post(String text) {
    var unused =
        model
            .send(text)
            .exceptionally(failure -> {
              if (!shell.isDisposed()) {
                banner.say(look.text("compose.notKept"));
                compose.insert(text);
              }
              return null;
            });
  }

  @Override
  public void chooseFiles() {
    sendFiles(outside.filesToSend());
  }

  @Override
  public void sendFiles(List<Path> paths) {
    banner.say("");
    for (Path path : paths) {
      var unused = model.upload(path).thenAccept(this::offered);
    }
  }

  private void offered(Offered offered) {
    if (shell.isDisposed()) {
      return;
    }
    switch (offered) {
      case Offered.Started _ -> transcript.jumpToNewest();
      case Offered.TooLarge(String name, long size, long limit) ->
          banner.say(look.text("file.tooLarge", name, Formats.size(size), Formats.size(limit)));
      case Offered.Unreadable(String name) -> banner.say(look.text("file.unreadable", name));
      case Offered.Nowhere(String name) -> banner.say(look.text("file.nowhere", name));
    }
  }

  @Override
  public void emoji(FlatButton button) {
    var corner = button.toDisplay(button.getSize().x, -8);
    new EmojiPicker(shell, look, setup.emoji().get(), setup.settings(), compose::insert)
        .open(corner);
  }

  void toggleFiles() {
    boolean shown = !setup.settings().filesPane();
    setup.settings().filesPane(shown);
    showFiles(shown);
  }

  /** Goes to the room so many places further. */
  void step(int direction) {
    List<Room> rooms = List.copyOf(model.rooms());
    if (!rooms.isEmpty()) {
      int now = model.current() == null ? 0 : rooms.indexOf(model.current());
      model.select(rooms.get(Math.floorMod(now + direction, rooms.size())));
    }
  }

  private Composite middle(Composite parent) {
    Composite middle = new Composite(parent, SWT.NONE);
    middle.setBackground(look.palette().paper());
    GridLayout grid = new GridLayout();
    grid.marginWidth = 0;
    grid.marginHeight = 0;
    grid.verticalSpacing = 0;
    middle.setLayout(grid);
    return middle;
  }

  private void listen() {
    model.listen(this);
    shell.addListener(SWT.Activate, _ -> model.attentive(true));
    shell.addListener(SWT.Deactivate, _ -> model.attentive(false));
    shell.addListener(
        SWT.Dispose,
        _ -> {
          model.forget(this);
          look.fonts().dispose();
        });
  }

  private void closed(org.eclipse.swt.widgets.Event event, Exits exits) {
    event.doit = false;
    exits.quit();
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
          header.redraw();
        }
        case UNSENT -> strip.refresh();
        case ENTERED, LOGGED_OUT -> {}
        case ROOMS -> {
          transcript.show(model.current());
          side.refresh();
          header.redraw();
          title();
        }
        case PEOPLE -> {
          side.refresh();
          header.redraw();
        }
        case FILES -> files.refresh();
      }
    }
  }

  private void title() {
    Room room = model.current();
    String name = look.text("app.name") + (room == null ? "" : " – # " + room.name());
    shell.setText(model.unread() == 0 ? name : "(" + model.unread() + ") " + name);
  }

  /** Whether a control has the keys. */
  static boolean focused(Control control) {
    return !control.isDisposed() && control.isFocusControl();
  }
}
