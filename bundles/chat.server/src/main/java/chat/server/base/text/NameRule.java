// SPDX-License-Identifier: Apache-2.0
package chat.server.base.text;

import chat.protocol.Limits;
import chat.protocol.Problem;
import chat.server.base.Refusal;
import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UProperty;
import java.text.Normalizer;
import java.util.Optional;
import java.util.Set;

/**
 * The rule for names that are given from now on: of accounts, display names, rooms. Whoever has
 * another name from before keeps it.
 *
 * <p>A name is nothing that can't be seen, begins with no sign that commands begin with, stands in
 * no brackets, and is no word by which the program or everybody is meant. Whether somebody else has
 * one that looks like it is told by its {@linkplain #skeletons skeletons}.
 */
public final class NameRule {
  private static final String SIGNS = "@#/<>[]";
  private static final int BRAILLE_BLANK = 0x2800;
  private static final int NULL_NOTE_HEAD = 0x1d159;
  private static final String VARIATION_SELECTORS = "[\\ufe0e\\ufe0f]";

  private NameRule() {}

  /** The skeletons of a name: who has one in common with another looks like it. */
  public static Set<String> skeletons(String shown) {
    return Skeletons.of(shown);
  }

  /** A name for an account that had another one, or none. */
  public static AccountName ofAccount(String wanted) throws Refusal {
    AccountName name =
        AccountName.of(wanted)
            .orElseThrow(() ->
                Refusal.invalid(
                    Problem.NAME_INVALID,
                    "1 to " + Limits.NAME + " visible characters, no spaces at the ends"));
    checkPerson(name.shown());
    return name;
  }

  /** What is shown beside a name; empty if the name is enough. */
  public static String ofDisplay(String wanted) throws Refusal {
    // Phones add them to emoji; they change nothing that is told apart here.
    String display = Texts.line(wanted.replaceAll(VARIATION_SELECTORS, ""), Limits.NAME);
    if (display == null) {
      throw Refusal.invalid(
          Problem.NAME_INVALID, "a name has at most " + Limits.NAME + " visible characters");
    }
    if (!display.isEmpty()) {
      checkPerson(Normalizer.normalize(display, Normalizer.Form.NFKC));
    }
    return display;
  }

  private static void checkPerson(String name) throws Refusal {
    Optional<String> fault = fault(name).or(() -> enclosed(name));
    if (fault.isPresent()) {
      throw Refusal.invalid(Problem.NAME_INVALID, fault.get());
    } else if (ReservedNames.PEOPLE.has(name)) {
      throw Refusal.denied(Problem.NAME_TAKEN, "this name is reserved");
    }
  }

  /**
   * A name for a room that had another one, or none.
   *
   * @param isLobby whether it is the room that alone may be called so
   */
  public static void checkRoom(String name, boolean isLobby) throws Refusal {
    String plain = Normalizer.normalize(name, Normalizer.Form.NFKC);
    Optional<String> fault = fault(plain);
    if (fault.isPresent()) {
      throw Refusal.invalid(Problem.ROOM_NAME_INVALID, fault.get());
    } else if (!isLobby && ReservedNames.LOBBY.has(plain)) {
      throw Refusal.denied(Problem.ROOM_NAME_TAKEN, "there is one Lobby");
    }
  }

  private static Optional<String> fault(String name) {
    int first = name.codePointAt(0);
    if (name.codePoints().anyMatch(NameRule::cantBeSeen)
        || name.contains("  ")
        || name.codePoints().noneMatch(NameRule::isWritten)) {
      return Optional.of("all of a name can be seen, and there are no two spaces in a row");
    } else if (isSign(first) || isBracket(first)) {
      return Optional.of("a name does not begin with " + String.join(" ", SIGNS.split("")));
    } else if (isMark(first) || standsAlone(name)) {
      return Optional.of("a name begins with a letter, not with a mark on one");
    }
    return Optional.empty();
  }

  private static Optional<String> enclosed(String name) {
    int last = name.codePointBefore(name.length());
    return isSign(last) || isBracket(last) && last != ')'
        ? Optional.of("a name does not end with a bracket, or with " + SIGNS)
        : Optional.empty();
  }

  private static boolean cantBeSeen(int c) {
    return AccountName.forbidden(c)
        || UCharacter.hasBinaryProperty(c, UProperty.DEFAULT_IGNORABLE_CODE_POINT)
        || UCharacter.hasBinaryProperty(c, UProperty.WHITE_SPACE) && c != ' '
        || Character.getType(c) == Character.ENCLOSING_MARK
        || c == BRAILLE_BLANK
        || c == NULL_NOTE_HEAD;
  }

  private static boolean isWritten(int c) {
    return Character.isLetterOrDigit(c)
        || switch (Character.getType(c)) {
          case Character.LETTER_NUMBER,
              Character.OTHER_NUMBER,
              Character.OTHER_SYMBOL,
              Character.MATH_SYMBOL,
              Character.CURRENCY_SYMBOL ->
              true;
          default -> false;
        };
  }

  /** One of the signs, or what looks like one and is no letter: names begin with ノ. */
  private static boolean isSign(int c) {
    return SIGNS.indexOf(c) >= 0
        || !Character.isLetterOrDigit(c)
            && SIGNS.indexOf(Skeletons.once(Character.toString(c)).codePointAt(0)) >= 0;
  }

  private static boolean isBracket(int c) {
    int type = Character.getType(c);
    return type == Character.START_PUNCTUATION || type == Character.END_PUNCTUATION;
  }

  /** Whether a mark stands on a space: so NFKC writes accents that are no letters. */
  private static boolean standsAlone(String name) {
    int space = name.indexOf(' ');
    while (space >= 0 && space + 1 < name.length()) {
      if (isMark(name.codePointAt(space + 1))) {
        return true;
      }
      space = name.indexOf(' ', space + 1);
    }
    return false;
  }

  private static boolean isMark(int c) {
    int type = Character.getType(c);
    return type == Character.NON_SPACING_MARK || type == Character.COMBINING_SPACING_MARK;
  }
}
