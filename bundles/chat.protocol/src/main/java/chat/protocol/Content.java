package chat.protocol;

/** What an entry of a room is about. */
public sealed interface Content {

  /** What somebody said: Unicode text, emoji included, with line feeds as line ends. */
  record Text(String text) implements Content {}

  /**
   * A file.
   *
   * @param name a label, never a path
   * @param sha256 of the content, 32 bytes
   */
  record File(String name, String mediaType, long size, byte[] sha256) implements Content {}

  /** The author became a member. */
  record Joined() implements Content {}

  /** The author ceased to be a member. */
  record Left() implements Content {}

  /** What was here has been erased. */
  record Erased() implements Content {}

  /** The store can't give back what was here; the operator knows. */
  record Damaged() implements Content {}
}
