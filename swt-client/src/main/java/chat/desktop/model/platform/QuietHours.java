// SPDX-License-Identifier: Apache-2.0
package chat.desktop.model.platform;

import java.time.DateTimeException;
import java.time.LocalTime;
import java.util.Optional;

/** The part of each day in which nothing is notified. It may go past midnight. */
public record QuietHours(LocalTime from, LocalTime to) {

  /** Whether a time lies in it; the first minute does, the last one does not. */
  public boolean contains(LocalTime time) {
    return from.isBefore(to)
        ? !time.isBefore(from) && time.isBefore(to)
        : !time.isBefore(from) || time.isBefore(to);
  }

  /** Reads "22:00-07:00"; empty if it is nothing like that, or no time at all. */
  public static Optional<QuietHours> parse(String text) {
    String[] ends = text.strip().split("\\s*[-–]\\s*", -1);
    if (ends.length != 2) {
      return Optional.empty();
    }
    try {
      QuietHours hours = new QuietHours(time(ends[0]), time(ends[1]));
      return Optional.of(hours).filter(each -> !each.from().equals(each.to()));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static LocalTime time(String text) {
    return LocalTime.parse(text.indexOf(':') == 1 ? "0" + text : text);
  }

  @Override
  public String toString() {
    return from + "-" + to;
  }
}
