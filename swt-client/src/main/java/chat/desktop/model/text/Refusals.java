// SPDX-License-Identifier: Apache-2.0
package chat.desktop.model.text;

import chat.client.ClientEvent.Refusal;
import chat.protocol.Problem;
import java.util.Locale;

/** What a refusal means to the user: where it belongs in the welcome window, and its words. */
public final class Refusals {

  /** A place in the welcome window that a message can stand at. */
  public enum Field {
    SERVER,
    NAME,
    PASSWORD,
    INVITATION,
    CODE,
    FORM
  }

  private Refusals() {}

  /** The field that the user has to change. */
  public static Field field(Problem problem) {
    return switch (problem.field()) {
      case NAME -> Field.NAME;
      case PASSWORD -> Field.PASSWORD;
      case INVITATION -> Field.INVITATION;
      case CODE -> Field.CODE;
      case PROTOCOL -> Field.SERVER;
      case NONE -> Field.FORM;
    };
  }

  /** What to tell the user. */
  public static String text(Texts texts, Problem problem) {
    return texts.get("problem." + problem.name().toLowerCase(Locale.ROOT));
  }

  /**
   * What to tell the user where the problem alone does not say it: what is wrong with a file on
   * this computer, and why the server does not take a text.
   */
  public static String text(Texts texts, Problem problem, String detail) {
    if (detail.isEmpty()) {
      return text(texts, problem);
    }
    return switch (problem) {
      case FILE_INVALID -> detail;
      case TEXT_REFUSED -> texts.get("refused.because", detail);
      default -> text(texts, problem);
    };
  }

  /** What to tell the user, with when to try again if the server said so. */
  public static String text(Texts texts, Refusal refusal) {
    String text = text(texts, refusal.problem(), refusal.detail());
    long seconds = Math.ceilDiv(refusal.retryAfter(), 1000L);
    return seconds == 0 ? text : text + " " + texts.get("problem.retry", seconds);
  }
}
