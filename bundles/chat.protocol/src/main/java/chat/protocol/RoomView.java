package chat.protocol;

import java.util.List;

/**
 * A room as it looks at the moment of entering. If the client's cursor fits and is not too far
 * behind, {@code resumed} is true, {@code entries} is empty and the entries after the cursor follow
 * as events; otherwise these are the newest ones and the events go on after {@code head}.
 *
 * @param first the lowest number the room has
 * @param head the highest number the room had
 * @param members how many people are members
 * @param entries the newest entries, ascending
 * @param files the newest files, ascending
 */
public record RoomView(
    long room,
    String name,
    String topic,
    long first,
    long head,
    int members,
    boolean resumed,
    List<Event.Entry> entries,
    List<Event.Entry> files) {
  public RoomView {
    entries = List.copyOf(entries);
    files = List.copyOf(files);
  }
}
