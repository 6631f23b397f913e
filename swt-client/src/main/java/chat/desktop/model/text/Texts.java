// SPDX-License-Identifier: Apache-2.0
package chat.desktop.model.text;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;

/** The words of the windows in one language. */
public final class Texts {
  private final Language language;
  private final Properties words = new Properties();

  public Texts(Language language) {
    this.language = language;
    String file = "texts_" + language.name().toLowerCase(Locale.ROOT) + ".properties";
    try (InputStream in = Objects.requireNonNull(Texts.class.getResourceAsStream(file), file)) {
      words.load(new InputStreamReader(in, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public Language language() {
    return language;
  }

  /** The text of a key, with {@code {0}} and so on replaced. */
  public String get(String key, Object... values) {
    String text = Objects.requireNonNull(words.getProperty(key), key);
    for (int i = 0; i < values.length; i++) {
      text = text.replace("{" + i + "}", String.valueOf(values[i]));
    }
    return text;
  }

  Set<String> keys() {
    return words.stringPropertyNames();
  }
}
