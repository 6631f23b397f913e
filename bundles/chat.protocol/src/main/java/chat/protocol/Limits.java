// SPDX-License-Identifier: Apache-2.0
package chat.protocol;

/**
 * What a server takes.
 *
 * @param frame bytes of a frame once logged in, the header included
 * @param text bytes of a text in UTF-8
 * @param file bytes of a file
 * @param chunk bytes of a file in one command or reply
 * @param page entries in one reply
 * @param outstanding commands without a reply
 */
public record Limits(int frame, int text, long file, int chunk, int page, int outstanding) {

  /** Bytes of a frame before log-in. */
  public static final int FRAME_BEFORE_LOGIN = 16 << 10;

  /** What a server takes unless it is configured otherwise. */
  public static final Limits DEFAULT = new Limits(64 << 10, 16 << 10, 50L << 20, 32 << 10, 200, 64);

  /** Code points of a name. */
  public static final int NAME = 32;

  /** Fewest and most code points of a password. */
  public static final int PASSWORD_MIN = 8;

  public static final int PASSWORD_MAX = 128;

  /** Bytes of a file that may have to be sent again after the server was exchanged. */
  public static final int AGAIN = 64 << 10;

  /** Bytes of a picture of somebody or of a room. */
  public static final int PICTURE = 256 << 10;

  /**
   * Code points of a room's name, of its topic, of a status and of what somebody says of
   * themselves.
   */
  public static final int ROOM_NAME = 64;

  public static final int TOPIC = 500;

  public static final int STATUS = 100;

  public static final int ABOUT = 2_000;

  /** Code points of a reaction. */
  public static final int REACTION = 16;

  /** Code points of a file's name. */
  public static final int FILE_NAME = 255;
}
