// SPDX-License-Identifier: Apache-2.0
package chat.desktop.plugin;

/**
 * Why a plug-in is not installed, or was switched off.
 *
 * @param detail what exactly, for people; may be empty
 */
public record Trouble(Kind kind, String detail) {
  private static final int LONGEST = 500;

  /** The kinds of trouble; each has words in every language. */
  public enum Kind {
    /** It is no plug-in of this client. */
    NOT_A_PLUGIN,
    /** It is, or unpacks to, more than it may. */
    TOO_LARGE,
    /** It claims a right that there is not. */
    UNKNOWN_RIGHT,
    /** It claims more than the user agreed to. */
    WANTS_MORE,
    /** It does something without claiming the right. */
    NOT_CLAIMED,
    /** There is one of this id. */
    DUPLICATE,
    /** Something that it needs is not there. */
    UNRESOLVED,
    /** It threw an exception. */
    THREW,
    /** It kept the thread of the windows. */
    BLOCKED,
    /** It can't be read or written. */
    UNREADABLE
  }

  public Trouble {
    detail = detail.length() > LONGEST ? detail.substring(0, LONGEST) + "…" : detail;
  }

  static Trouble threw(Throwable fault) {
    return new Trouble(Kind.THREW, fault.toString());
  }
}
