// SPDX-License-Identifier: Apache-2.0
package chat.admin.command;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A request: the words of a command line. Programs put a zero byte behind each word, so that
 * nothing needs quotes; people type a line of text in which quotes hold a word together.
 */
final class RequestLine {
  private RequestLine() {}

  static List<String> words(byte[] request) throws CommandException {
    String text = new String(request, StandardCharsets.UTF_8);
    return text.indexOf('\0') >= 0 ? terminated(text) : typed(text);
  }

  private static List<String> terminated(String text) throws CommandException {
    if (!text.endsWith("\0")) {
      throw CommandException.usage("the request is cut off: its last word has no end");
    }
    return List.of(text.substring(0, text.length() - 1).split("\0", -1));
  }

  private static List<String> typed(String text) throws CommandException {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    boolean inWord = false;
    char quote = 0;
    for (char c : text.stripTrailing().toCharArray()) {
      if (quote != 0) {
        if (c == quote) {
          quote = 0;
        } else {
          word.append(c);
        }
      } else if (c == '"' || c == '\'') {
        quote = c;
        inWord = true;
      } else if (!Character.isWhitespace(c)) {
        word.append(c);
        inWord = true;
      } else if (inWord) {
        words.add(word.toString());
        word.setLength(0);
        inWord = false;
      }
    }
    if (quote != 0) {
      throw CommandException.usage("a quote is not closed: " + quote);
    }
    if (inWord) {
      words.add(word.toString());
    }
    return words;
  }
}
