package chat.desktop.model;

import chat.protocol.Content;
import chat.protocol.Event;
import chat.protocol.RoomView;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.function.LongSupplier;

/** A room as this client knows it. */
public final class Room {
  private final long id;
  private final Transcript transcript;
  private final List<Row.Filed> files = new ArrayList<>();
  private final LongSupplier self;
  private String name = "";
  private String topic = "";
  private int unread;
  private boolean loading;
  private boolean allFiles;

  Room(long id, LongSupplier self) {
    this.id = id;
    this.self = self;
    this.transcript = new Transcript(self);
  }

  public long id() {
    return id;
  }

  public String name() {
    return name;
  }

  public String topic() {
    return topic;
  }

  public Transcript transcript() {
    return transcript;
  }

  /** The files known so far, newest first. */
  public List<Row.Filed> files() {
    return Collections.unmodifiableList(files);
  }

  /** Whether all files of the room are known. */
  public boolean allFiles() {
    return allFiles;
  }

  /** Messages of others that came while nobody looked. */
  public int unread() {
    return unread;
  }

  void enter(RoomView view, int filesWanted) {
    name = view.info().name();
    topic = view.info().topic();
    if (view.resumed()) {
      return;
    }
    transcript.restart(view.first(), view.head(), view.entries());
    files.clear();
    addFiles(view.files(), filesWanted);
  }

  /** Takes in a page of files; a page that is not full was the last one. */
  void addFiles(List<Event.Entry> page, int wanted) {
    page.forEach(this::addFile);
    allFiles = page.size() < wanted;
  }

  void add(Event.Entry entry, boolean seen) {
    transcript.add(entry);
    addFile(entry);
    boolean counts =
        switch (entry.content()) {
          case Content.Text _, Content.File _ -> entry.author().account() != self.getAsLong();
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
              false;
        };
    if (counts && !seen) {
      unread++;
    }
  }

  /** Returns whether anything was unread. */
  boolean read() {
    boolean any = unread > 0;
    unread = 0;
    return any;
  }

  boolean loading() {
    return loading;
  }

  void loading(boolean now) {
    loading = now;
  }

  /** Whether the file of an upload stands in the room. */
  boolean hasFile(UUID id) {
    return files.stream().anyMatch(known -> known.entry().id().equals(id));
  }

  private void addFile(Event.Entry entry) {
    if (entry.content() instanceof Content.File file && !hasFile(entry.id())) {
      files.add(new Row.Filed(entry, file, entry.author().account() == self.getAsLong()));
      files.sort(Comparator.comparingLong((Row.Filed f) -> f.entry().number()).reversed());
    }
  }
}
