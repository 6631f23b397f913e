// SPDX-License-Identifier: Apache-2.0
package chat.protocol;

import java.util.List;

/**
 * What an entry of a room is about. Those with a component {@code about} change how an earlier
 * entry of the room is shown, which stands at that number; they are applied in the order of their
 * own numbers, whenever they come.
 */
public sealed interface Content {

  /** The number of the earlier entry that this changes; 0 if it stands for itself. */
  default long about() {
    return 0;
  }

  /**
   * What somebody said: Unicode text, emoji included, with line feeds as line ends.
   *
   * @param reply the number of the entry that is answered; 0 for none
   * @param mentions the accounts that are named in it
   * @param forwarded who said it first, in another room; empty if nobody did
   */
  record Text(String text, long reply, boolean important, List<Long> mentions, String forwarded)
      implements Content {
    public Text {
      mentions = List.copyOf(mentions);
    }

    /** Just a text. */
    public Text(String text) {
      this(text, 0, false, List.of(), "");
    }
  }

  /**
   * A file.
   *
   * @param name a label, never a path
   * @param sha256 of the content, 32 bytes
   * @param forwarded who sent it first, to another room; empty if nobody did
   */
  record File(String name, String mediaType, long size, byte[] sha256, String forwarded)
      implements Content {

    /** A file from the author's own. */
    public File(String name, String mediaType, long size, byte[] sha256) {
      this(name, mediaType, size, sha256, "");
    }
  }

  /** The author became a member. */
  record Joined() implements Content {}

  /** The author ceased to be a member. */
  record Left() implements Content {}

  /**
   * What was here has been erased.
   *
   * @param about not 0 if it changed how another entry was shown
   */
  record Erased(long about) implements Content {}

  /** The store can't give back what was here; the operator knows. */
  record Damaged() implements Content {}

  /** The author's text reads like this now. */
  record Edited(long about, String text, List<Long> mentions) implements Content {
    public Edited {
      mentions = List.copyOf(mentions);
    }
  }

  /** The entry is gone for everybody, all its versions with it. */
  record Deleted(long about) implements Content {}

  /** The author's reaction was put there, or taken away. */
  record Reacted(long about, String emoji, boolean on) implements Content {}

  /** The message was pinned, or is not any more. */
  record Pinned(long about, boolean on) implements Content {}

  /** The room was made, or is now like this. */
  record RoomSet(@Keys({0, 1, 2, 3}) RoomSettings settings) implements Content {}

  /**
   * The author did this to somebody.
   *
   * @param until UTC milliseconds for {@link ModerationAction#BAN} and {@link
   *     ModerationAction#MUTE}; {@link Long#MAX_VALUE} for ever
   */
  record Done(Person whom, ModerationAction action, long until) implements Content {}

  /** The author's account is no more, and with it everything that it said here. */
  record Gone() implements Content {}
}
