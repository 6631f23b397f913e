// SPDX-License-Identifier: Apache-2.0
package chat.admin;

import chat.admin.audit.Audit;
import chat.admin.command.Arguments;
import chat.admin.command.Command;
import chat.admin.command.CommandException;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the audit log. */
record AuditCommand(Audit audit, InstantSource clock) {
  private static final int MOST = 10_000;
  private static final Pattern SPAN = Pattern.compile("([0-9]{1,6})([mhd])");

  List<Command> all() {
    return List.of(
        Command.of(
                "audit",
                "Tell what was done, and who came.",
                "events: a list of time, event and what belongs to it, the oldest first; at most "
                    + MOST
                    + " of the newest",
                this::run)
            .option("--since", "WHEN"));
  }

  private Map<String, Object> run(Arguments arguments) throws CommandException, IOException {
    Instant since = since(arguments, arguments.value("--since").orElse("1d"));
    return Map.of("events", audit.since(since, MOST));
  }

  private Instant since(Arguments arguments, String when) throws CommandException {
    Matcher span = SPAN.matcher(when);
    try {
      if (span.matches()) {
        long number = Long.parseLong(span.group(1));
        return clock
            .instant()
            .minus(
                switch (span.group(2)) {
                  case "m" -> Duration.ofMinutes(number);
                  case "h" -> Duration.ofHours(number);
                  default -> Duration.ofDays(number);
                });
      }
      return when.contains("T")
          ? Instant.parse(when)
          : LocalDate.parse(when).atStartOfDay(ZoneOffset.UTC).toInstant();
    } catch (DateTimeException e) {
      throw arguments.wrong(
          "--since needs 30m, 12h, 7d, a date (2026-01-31) or a time (2026-01-31T12:00:00Z), not "
              + when);
    }
  }
}
