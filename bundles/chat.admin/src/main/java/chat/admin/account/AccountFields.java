// SPDX-License-Identifier: Apache-2.0
package chat.admin.account;

import chat.admin.command.Fields;
import chat.operations.AccountDetails;
import chat.operations.AccountInfo;
import chat.operations.AccountRole;
import chat.operations.SessionInfo;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;

/** The fields of an account in answers and exports. */
public final class AccountFields {
  private AccountFields() {}

  public static Map<String, Object> of(AccountInfo account) {
    return Fields.of("id", account.id())
        .with("name", account.name())
        .with("role", role(account.role()))
        .with("created", seconds(account.created()))
        .with("online", account.online())
        .with("seen", account.seen().map(AccountFields::seconds))
        .with("suspended", account.suspended().map(AccountFields::seconds))
        .map();
  }

  public static Map<String, Object> of(AccountDetails details) {
    return Fields.of("account", of(details.account()))
        .with("display", details.display())
        .with("rooms", details.rooms())
        .with("contacts", details.contacts())
        .with("sessions", details.sessions().stream().map(AccountFields::of).toList())
        .with("secondFactor", details.secondFactor())
        .map();
  }

  public static Map<String, Object> of(SessionInfo session) {
    return Fields.of("id", session.id())
        .with("device", session.device())
        .with("address", session.address())
        .with("created", seconds(session.created()))
        .with("used", seconds(session.used()))
        .map();
  }

  public static String role(AccountRole role) {
    return role.name().toLowerCase(Locale.ROOT);
  }

  private static Instant seconds(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS);
  }
}
