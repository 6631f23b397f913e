// SPDX-License-Identifier: Apache-2.0
package chat.desktop.model.text;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Locale;

/** How times and sizes are written. */
public final class Formats {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);
  private static final DateTimeFormatter WHEN =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);

  private final Texts texts;
  private final ZoneId zone;
  private final DateTimeFormatter day;
  private final DateTimeFormatter full;

  public Formats(Texts texts, ZoneId zone) {
    this.texts = texts;
    this.zone = zone;
    Locale locale = texts.language().locale();
    day = DateTimeFormatter.ofLocalizedDate(FormatStyle.FULL).withLocale(locale);
    full = DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM).withLocale(locale);
  }

  /** When a day begins, in UTC milliseconds. */
  public long start(LocalDate date) {
    return date.atStartOfDay(zone).toInstant().toEpochMilli();
  }

  /** The time of a day. */
  public String time(long millis) {
    return TIME.format(Instant.ofEpochMilli(millis).atZone(zone));
  }

  /** Day and time in short. */
  public String when(long millis) {
    return WHEN.format(Instant.ofEpochMilli(millis).atZone(zone));
  }

  /** Day and time. */
  public String full(long millis) {
    return full.format(Instant.ofEpochMilli(millis).atZone(zone));
  }

  /** A day, in words where it is near. */
  public String day(long millis, Instant now) {
    LocalDate date = date(millis);
    LocalDate today = now.atZone(zone).toLocalDate();
    if (date.equals(today)) {
      return texts.get("day.today");
    }
    return date.equals(today.minusDays(1)) ? texts.get("day.yesterday") : day.format(date);
  }

  public boolean sameDay(long one, long other) {
    return date(one).equals(date(other));
  }

  /** A number of bytes. */
  public static String size(long bytes) {
    if (bytes < 1024) {
      return bytes + " B";
    }
    double value = bytes;
    int unit = -1;
    while (value >= 1024 && unit < 3) {
      value /= 1024;
      unit++;
    }
    String number = String.format(Locale.ROOT, value < 10 ? "%.1f" : "%.0f", value);
    return number + " " + "KMGT".charAt(unit) + "B";
  }

  private LocalDate date(long millis) {
    return LocalDate.ofInstant(Instant.ofEpochMilli(millis), zone);
  }
}
