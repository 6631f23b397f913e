// SPDX-License-Identifier: Apache-2.0
package chat.desktop.model.text;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** What was changed in a text, for undo and redo. Letters typed one after the other go together. */
public final class EditHistory {
  private static final int DEEP = 200;

  /** At {@code start}, {@code removed} gave way to {@code inserted}. */
  public record Edit(int start, String removed, String inserted) {

    Edit reversed() {
      return new Edit(start, inserted, removed);
    }
  }

  private final Deque<Edit> done = new ArrayDeque<>();
  private final Deque<Edit> undone = new ArrayDeque<>();

  /** The user changed something. */
  public void add(Edit edit) {
    undone.clear();
    Edit last = done.peek();
    if (last != null && continues(last, edit)) {
      done.pop();
      done.push(new Edit(last.start(), last.removed(), last.inserted() + edit.inserted()));
    } else {
      done.push(edit);
    }
    if (done.size() > DEEP) {
      done.removeLast();
    }
  }

  /** What to change to take the last edit back. */
  public Optional<Edit> undo() {
    Edit edit = done.poll();
    if (edit == null) {
      return Optional.empty();
    }
    undone.push(edit);
    return Optional.of(edit.reversed());
  }

  /** What to change to do again what was taken back last. */
  public Optional<Edit> redo() {
    Edit edit = undone.poll();
    if (edit == null) {
      return Optional.empty();
    }
    done.push(edit);
    return Optional.of(edit);
  }

  public void clear() {
    done.clear();
    undone.clear();
  }

  private static boolean continues(Edit last, Edit edit) {
    return edit.removed().isEmpty()
        && edit.inserted().length() == 1
        && !last.inserted().isEmpty()
        && edit.start() == last.start() + last.inserted().length()
        && Character.isWhitespace(edit.inserted().charAt(0))
            == Character.isWhitespace(last.inserted().charAt(last.inserted().length() - 1));
  }
}
