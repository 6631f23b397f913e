// SPDX-License-Identifier: Apache-2.0
package chat.server.command;

import chat.protocol.Content;
import chat.server.base.Seals;
import chat.server.base.Tokens;
import chat.server.base.text.Texts;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The tokens under which messages are found: those of their words, and of what they are. */
public final class SearchTokens {
  private SearchTokens() {}

  /** Those of a text, of its author and of who is mentioned in it. */
  public static List<Long> ofText(
      Seals seals, long room, long author, String text, List<Long> mentions) {
    Set<String> words = new LinkedHashSet<>();
    words.add(Tokens.from(author));
    mentions.forEach(account -> words.add(Tokens.mention(account)));
    if (Texts.hasLink(text)) {
      words.add(Tokens.LINK);
    }
    words.addAll(Tokens.words(text));
    return seals.tokens(room, words);
  }

  /** Those of a file's name and of who sent it. */
  public static List<Long> ofFile(Seals seals, long room, long author, Content.File file) {
    Set<String> words = new LinkedHashSet<>(List.of(Tokens.from(author), Tokens.FILE));
    words.addAll(Tokens.words(file.name()));
    return seals.tokens(room, words);
  }
}
