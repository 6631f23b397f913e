// SPDX-License-Identifier: Apache-2.0
package chat.cli.command;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * For how long something is.
 *
 * @param duration null for ever
 */
record TimeSpan(@Nullable Duration duration) {
  private static final Pattern SPAN = Pattern.compile("(\\d{1,6})([mhdw])");

  /** Reads a number of minutes, hours, days or weeks, or {@code ever}. */
  static final class Converter implements ITypeConverter<TimeSpan> {
    @Override
    public TimeSpan convert(String value) {
      if (value.equals("ever")) {
        return new TimeSpan(null);
      }
      Matcher parts = SPAN.matcher(value);
      if (!parts.matches()) {
        throw new TypeConversionException(
            "needs a time like 30m, 2h, 3d or 1w, or ever, not " + value);
      }
      int count = Integer.parseInt(parts.group(1));
      return new TimeSpan(
          switch (parts.group(2)) {
            case "m" -> Duration.ofMinutes(count);
            case "h" -> Duration.ofHours(count);
            case "d" -> Duration.ofDays(count);
            default -> Duration.ofDays(7L * count);
          });
    }
  }
}
