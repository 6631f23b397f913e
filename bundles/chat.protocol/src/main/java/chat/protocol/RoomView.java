// SPDX-License-Identifier: Apache-2.0
package chat.protocol;

import java.util.List;

/**
 * A room as it looks at the moment of entering. If the client's cursor fits and is not too far
 * behind, {@code resumed} is true, {@code entries} is empty and the entries after the cursor follow
 * as events; otherwise these are the newest ones and the events go on after {@code head}.
 *
 * @param first the lowest number the room has
 * @param head the highest number the room had
 * @param entries the newest entries, ascending; none where the answer had no more place
 * @param about what was said later about {@code entries}, {@code files} and {@code pinned}: edits,
 *     deletions, reactions, pins; ascending
 * @param files the newest files, ascending
 * @param pinned the messages that are pinned, ascending
 * @param marks of the other members, in a room of at most {@link #MARKS}
 */
public record RoomView(
    RoomInfo info,
    RoomState state,
    long first,
    long head,
    boolean resumed,
    List<Event.Entry> entries,
    List<Event.Entry> about,
    List<Event.Entry> files,
    List<Event.Entry> pinned,
    List<ReadMark> marks) {

  /** Members of the largest room in which they see what each has read. */
  public static final int MARKS = 50;

  public RoomView {
    entries = List.copyOf(entries);
    about = List.copyOf(about);
    files = List.copyOf(files);
    pinned = List.copyOf(pinned);
    marks = List.copyOf(marks);
  }

  /** The room's id. */
  public long room() {
    return info.room();
  }
}
