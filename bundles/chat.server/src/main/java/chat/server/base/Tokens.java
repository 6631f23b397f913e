// SPDX-License-Identifier: Apache-2.0
package chat.server.base;

import com.ibm.icu.lang.UCharacter;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The words of a text, as they are looked for: after NFKC and case folding, runs of letters, digits
 * and marks. Chinese, Japanese and Korean have no spaces between words: there every two characters
 * that stand beside each other are a word. A single one is none, because the tokens of single
 * characters would give the text away to who counts them; it is looked for in all texts that have
 * such characters.
 */
public final class Tokens {
  /** Of an entry that has more words than are kept: it has to be looked into. */
  public static final String OVERFLOW = "\u0000more";

  /** Of every text with characters of a script without words. */
  public static final String DENSE = "\u0000dense";

  /** Of every file. */
  public static final String FILE = "\u0000file";

  /** Of every text with a link in it. */
  public static final String LINK = "\u0000link";

  private static final char LAST_ASCII = '\u007f';

  /** Arabic ligatures of whole phrases, each of which folds into up to 18 characters. */
  private static final char FIRST_PHRASE = '\uFDF0';

  private static final char LAST_PHRASE = '\uFDFB';

  /** So many of them in a text are folded; nobody writes more, but to keep a server busy. */
  private static final int PHRASES = 300;

  private Tokens() {}

  /** The form in which texts are compared. */
  public static String fold(String text) {
    return isAscii(text)
        ? text.toLowerCase(Locale.ROOT) // what the rest does with ASCII
        : UCharacter.foldCase(Normalizer.normalize(text, Normalizer.Form.NFKC), true);
  }

  private static boolean isAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) > LAST_ASCII) {
        return false;
      }
    }
    return true;
  }

  /** A stretch of a text: a word, or characters of a script without words. */
  public record Run(String text, boolean dense) {
    /** Whether it is one character of a script without words. */
    public boolean isSingle() {
      return dense && text.codePointCount(0, text.length()) == 1;
    }
  }

  /** The stretches of a folded text, in order. */
  public static List<Run> runs(String folded) {
    List<Run> runs = new ArrayList<>();
    StringBuilder run = new StringBuilder();
    boolean dense = false;
    for (int i = 0; i < folded.length(); i += Character.charCount(folded.codePointAt(i))) {
      int c = folded.codePointAt(i);
      boolean belongs = belongs(c);
      boolean isDense = belongs && dense(c);
      if (!run.isEmpty() && (!belongs || isDense != dense)) {
        runs.add(new Run(run.toString(), dense));
        run.setLength(0);
      }
      if (belongs) {
        dense = isDense;
        run.appendCodePoint(c);
      }
    }
    if (!run.isEmpty()) {
      runs.add(new Run(run.toString(), dense));
    }
    return runs;
  }

  /**
   * A text as a row of words and single characters; an empty one where a stretch without spaces is
   * broken. A text holds a phrase if the phrase's row is part of its row.
   */
  public static List<String> row(String text) {
    List<String> row = new ArrayList<>();
    boolean dense = false;
    for (Run run : runs(fold(text))) {
      if (dense && run.dense()) {
        row.add("");
      }
      dense = run.dense();
      if (dense) {
        run.text().codePoints().forEach(c -> row.add(Character.toString(c)));
      } else {
        row.add(run.text());
      }
    }
    return row;
  }

  /** The words under which a text is found. */
  public static Set<String> words(String text) {
    Set<String> words = new LinkedHashSet<>();
    String looked = text.substring(0, end(text));
    if (looked.length() < text.length()) {
      words.add(OVERFLOW);
    }
    for (Run run : runs(fold(looked))) {
      words.addAll(words(run));
      if (run.dense()) {
        words.add(DENSE);
      }
    }
    return words;
  }

  /** How much of a text is folded; a longer one has to be looked into. */
  private static int end(String text) {
    int phrases = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= FIRST_PHRASE && c <= LAST_PHRASE && ++phrases > PHRASES) {
        return i;
      }
    }
    return text.length();
  }

  /** The words of a stretch that every text with this stretch in it has. */
  public static List<String> words(Run run) {
    if (!run.dense()) {
      return List.of(run.text());
    }
    List<String> words = new ArrayList<>();
    int[] characters = run.text().codePoints().toArray();
    for (int i = 1; i < characters.length; i++) {
      words.add(new String(characters, i - 1, 2));
    }
    return words;
  }

  private static boolean belongs(int c) {
    return Character.isLetterOrDigit(c)
        || switch (Character.getType(c)) {
          case Character.NON_SPACING_MARK,
              Character.COMBINING_SPACING_MARK,
              Character.LETTER_NUMBER,
              Character.OTHER_SYMBOL,
              Character.MODIFIER_SYMBOL ->
              true;
          default -> false;
        };
  }

  private static boolean dense(int c) {
    if (c <= LAST_ASCII) {
      return false;
    }
    return switch (Character.UnicodeScript.of(c)) {
      case HAN, HIRAGANA, KATAKANA, HANGUL, BOPOMOFO, THAI, LAO, KHMER, MYANMAR -> true;
      default -> Character.getType(c) == Character.OTHER_SYMBOL;
    };
  }

  public static String from(long account) {
    return "\u0000from" + account;
  }

  public static String mention(long account) {
    return "\u0000at" + account;
  }
}
