// SPDX-License-Identifier: Apache-2.0
package chat.example.highlighting;

import chat.desktop.api.MessageRenderer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.swing.text.Segment;
import org.eclipse.swt.graphics.Color;
import org.fife.ui.rsyntaxtextarea.Token;
import org.fife.ui.rsyntaxtextarea.TokenMaker;
import org.fife.ui.rsyntaxtextarea.TokenMakerFactory;
import org.fife.ui.rsyntaxtextarea.TokenTypes;
import org.osgi.service.component.annotations.Component;

/** Colours what stands between two lines of three backticks, if the first one names a language. */
@Component
public final class Highlighting implements MessageRenderer {
  private static final int LONGEST = 20_000;
  private static final Pattern FENCE = Pattern.compile("(?m)^```(\\w+)$");
  private static final Map<String, String> LANGUAGES =
      Map.ofEntries(
          Map.entry("bash", "text/unix"),
          Map.entry("c", "text/c"),
          Map.entry("css", "text/css"),
          Map.entry("go", "text/golang"),
          Map.entry("html", "text/html"),
          Map.entry("java", "text/java"),
          Map.entry("js", "text/javascript"),
          Map.entry("json", "text/json"),
          Map.entry("kotlin", "text/kotlin"),
          Map.entry("python", "text/python"),
          Map.entry("rust", "text/rust"),
          Map.entry("sh", "text/unix"),
          Map.entry("sql", "text/sql"),
          Map.entry("ts", "text/typescript"),
          Map.entry("xml", "text/xml"),
          Map.entry("yaml", "text/yaml"));

  /** The colours of a kind of token on a light and on a dark background. */
  private enum Ink {
    KEYWORD(0x7B2CBF, 0xD0A8FF),
    TEXT(0x1B7F3B, 0x8FE3A8),
    NUMBER(0xB4530A, 0xFFC27A),
    COMMENT(0x6A737D, 0x9AA4AE),
    NAME(0x0B5CAD, 0x8CC8FF);

    private final Color light;
    private final Color dark;

    Ink(int light, int dark) {
      this.light = new Color(light >> 16, light >> 8 & 255, light & 255);
      this.dark = new Color(dark >> 16, dark >> 8 & 255, dark & 255);
    }
  }

  @Override
  public Optional<Rendering> render(Shown shown, Canvas canvas) {
    String source = shown.message().body().text();
    List<Style> styles = new ArrayList<>();
    Matcher fence = FENCE.matcher(source);
    for (Span span : shown.code()) {
      String code = shown.text().substring(span.start(), span.end());
      fence.reset();
      while (fence.find()) {
        String type = LANGUAGES.get(fence.group(1));
        if (type != null && source.startsWith(code, fence.end() + 1)) {
          colour(code, type, span.start(), canvas.look().dark(), styles);
          break;
        }
      }
    }
    return styles.isEmpty()
        ? Optional.empty()
        : Optional.of(new Rendering(styles, Optional.empty()));
  }

  private static void colour(String code, String type, int from, boolean dark, List<Style> styles) {
    TokenMaker maker = TokenMakerFactory.getDefaultInstance().getTokenMaker(type);
    int state = TokenTypes.NULL;
    int at = 0;
    for (String line : code.substring(0, Math.min(code.length(), LONGEST)).split("\n", -1)) {
      char[] letters = line.toCharArray();
      Token first = maker.getTokenList(new Segment(letters, 0, letters.length), state, at);
      for (Token token = first; token != null; token = token.getNextToken()) {
        Optional<Ink> ink = token.isPaintable() ? ink(token.getType()) : Optional.empty();
        int start = from + token.getOffset();
        int end = start + token.length();
        ink.ifPresent(
            known -> styles.add(new Style(new Span(start, end), dark ? known.dark : known.light)));
      }
      state = maker.getLastTokenTypeOnLine(new Segment(letters, 0, letters.length), state);
      at += line.length() + 1;
    }
  }

  private static Optional<Ink> ink(int type) {
    return Optional.ofNullable(
        switch (type) {
          case TokenTypes.RESERVED_WORD, TokenTypes.RESERVED_WORD_2, TokenTypes.LITERAL_BOOLEAN ->
              Ink.KEYWORD;
          case TokenTypes.LITERAL_STRING_DOUBLE_QUOTE,
              TokenTypes.LITERAL_CHAR,
              TokenTypes.LITERAL_BACKQUOTE ->
              Ink.TEXT;
          case TokenTypes.LITERAL_NUMBER_DECIMAL_INT,
              TokenTypes.LITERAL_NUMBER_FLOAT,
              TokenTypes.LITERAL_NUMBER_HEXADECIMAL ->
              Ink.NUMBER;
          case TokenTypes.COMMENT_EOL,
              TokenTypes.COMMENT_MULTILINE,
              TokenTypes.COMMENT_DOCUMENTATION ->
              Ink.COMMENT;
          case TokenTypes.DATA_TYPE,
              TokenTypes.FUNCTION,
              TokenTypes.ANNOTATION,
              TokenTypes.MARKUP_TAG_NAME ->
              Ink.NAME;
          default -> null;
        });
  }
}
