// SPDX-License-Identifier: Apache-2.0
package chat.protocol;

import java.util.Optional;

/**
 * What the owners of a room can set. A further setting is added here, at the end, together with its
 * {@link Change}, and gets a key wherever a room's settings stand in a message.
 *
 * @param name empty for a direct room, which is shown by the name of the other one
 * @param readOnly only moderators and owners may write
 * @param archived nobody may write; kept for reading
 */
public record RoomSettings(String name, String topic, boolean readOnly, boolean archived) {

  /** Of a new room, in which everybody may write. */
  public static RoomSettings of(String name, String topic) {
    return new RoomSettings(name, topic, false, false);
  }

  /** Some settings to change; those that are empty stay as they are. */
  public record Change(
      @Max(1_024) Optional<String> name,
      @Max(4_096) Optional<String> topic,
      Optional<Boolean> readOnly,
      Optional<Boolean> archived) {

    /** Changes nothing. */
    public static final Change NONE =
        new Change(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    /** Sets everything. */
    public static Change to(RoomSettings all) {
      return new Change(
          Optional.of(all.name()),
          Optional.of(all.topic()),
          Optional.of(all.readOnly()),
          Optional.of(all.archived()));
    }

    public Change withName(String name) {
      return new Change(Optional.of(name), topic, readOnly, archived);
    }

    public Change withTopic(String topic) {
      return new Change(name, Optional.of(topic), readOnly, archived);
    }

    public Change withReadOnly(boolean readOnly) {
      return new Change(name, topic, Optional.of(readOnly), archived);
    }

    public Change withArchived(boolean archived) {
      return new Change(name, topic, readOnly, Optional.of(archived));
    }

    public RoomSettings appliedTo(RoomSettings before) {
      return new RoomSettings(
          name.orElse(before.name()),
          topic.orElse(before.topic()),
          readOnly.orElse(before.readOnly()),
          archived.orElse(before.archived()));
    }
  }
}
