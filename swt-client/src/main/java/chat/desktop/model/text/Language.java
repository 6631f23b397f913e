// SPDX-License-Identifier: Apache-2.0
package chat.desktop.model.text;

import java.util.Locale;

/** A language of the windows. */
public enum Language {
  EN(Locale.ENGLISH, "English"),
  ZH(Locale.SIMPLIFIED_CHINESE, "中文");

  private final Locale locale;
  private final String ownName;

  Language(Locale locale, String ownName) {
    this.locale = locale;
    this.ownName = ownName;
  }

  public Locale locale() {
    return locale;
  }

  /** What its speakers call it. */
  public String ownName() {
    return ownName;
  }

  /** The one that fits a system's locale best. */
  public static Language of(Locale locale) {
    return locale.getLanguage().equals("zh") ? ZH : EN;
  }
}
