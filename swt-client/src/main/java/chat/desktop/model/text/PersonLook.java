// SPDX-License-Identifier: Apache-2.0
package chat.desktop.model.text;

import chat.protocol.Person;
import java.text.BreakIterator;
import java.util.Locale;

/** How a person is drawn where there is no picture: one letter on one of a few colours. */
public final class PersonLook {

  /** How many colours there are. */
  public static final int HUES = 10;

  private PersonLook() {}

  /** The account's name, where another one is shown: by it nobody is taken for somebody else. */
  public static String handle(Person person) {
    return person.display().isEmpty() ? "" : "@" + person.name();
  }

  /** The same person has the same colour everywhere. */
  public static int hue(Person person) {
    return Math.floorMod(Long.hashCode(person.account() * 0x9E3779B97F4A7C15L), HUES);
  }

  /** The first letter, whatever a letter is in its script. */
  public static String initial(Person person) {
    BreakIterator letters = BreakIterator.getCharacterInstance(Locale.ROOT);
    letters.setText(person.shown());
    int end = letters.next();
    return end == BreakIterator.DONE
        ? "?"
        : person.shown().substring(0, end).toUpperCase(Locale.ROOT);
  }
}
