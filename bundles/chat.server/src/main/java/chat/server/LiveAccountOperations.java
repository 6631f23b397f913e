// SPDX-License-Identifier: Apache-2.0
package chat.server;

import chat.operations.AccountDetails;
import chat.operations.AccountInfo;
import chat.operations.AccountOperations;
import chat.operations.AccountPage;
import chat.operations.AccountReceiver;
import chat.operations.AccountRole;
import chat.operations.AuditEvent;
import chat.operations.AuditLog;
import chat.operations.OperationException;
import chat.operations.OperationException.Reason;
import chat.operations.SessionInfo;
import chat.protocol.Device;
import chat.protocol.Invitation;
import chat.protocol.PasswordReset;
import chat.server.base.SealException;
import chat.server.base.text.AccountName;
import chat.server.command.account.AccountAdministration;
import chat.server.room.Account;
import chat.server.room.Directory;
import chat.server.room.Role;
import chat.storage.StorageException;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What operators do for the people of the server that is at work, and to them. */
record LiveAccountOperations(
    WorkingServer working, LiveServerOperations.ConnectionPoint listener, AuditLog audit)
    implements AccountOperations {

  /** Something that is done to an account. */
  private interface Deed {
    void to(AccountAdministration accounts, Account account)
        throws OperationException, StorageException, IOException;
  }

  /** Does it, and keeps that it was done. */
  private void does(String action, String named, Map<String, String> details, Deed deed)
      throws OperationException {
    AccountAdministration accounts = working.get().accounts();
    WorkingServer.stored(() -> {
      Account account = accounts.account(named);
      deed.to(accounts, account);
      keep(action, account, details);
      return true;
    });
  }

  private void keep(String action, Account account, Map<String, String> details) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("by", "operator");
    fields.put("account", account.id());
    fields.put("name", account.name());
    fields.putAll(details);
    audit.happened(new AuditEvent(Instant.now(), "account-" + action, fields));
  }

  private Directory directory() throws OperationException {
    return working.get().context().directory();
  }

  @Override
  public AccountPage list(String words, String after, int limit) throws OperationException {
    if (limit < 1 || limit > MOST) {
      throw new OperationException(
          Reason.INVALID_ARGUMENT, "limit must be from 1 to " + MOST + ", not " + limit);
    }
    List<Account> found =
        directory().accounts().first(AccountName.fold(words), AccountName.fold(after), limit + 1);
    ChatServer server = working.get();
    return new AccountPage(
        found.stream().limit(limit).map(account -> info(server, account)).toList(),
        found.size() > limit);
  }

  private static AccountInfo info(ChatServer server, Account account) {
    boolean online = server.context().online().presence().hasDevice(account.id());
    long seen = online ? 0 : server.context().directory().accounts().seen(account.id());
    return new AccountInfo(
        account.id(),
        account.name(),
        role(account.role()),
        Instant.ofEpochMilli(account.created()),
        online,
        time(seen),
        time(account.suspended()));
  }

  private static Optional<Instant> time(long millis) {
    return millis == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
  }

  private static AccountRole role(Role role) {
    return switch (role) {
      case MEMBER -> AccountRole.MEMBER;
      case ADMIN -> AccountRole.MODERATOR;
      case OWNER -> AccountRole.OWNER;
    };
  }

  private static Role role(AccountRole role) {
    return switch (role) {
      case MEMBER -> Role.MEMBER;
      case MODERATOR -> Role.ADMIN;
      case OWNER -> Role.OWNER;
    };
  }

  @Override
  public AccountDetails show(String named) throws OperationException {
    ChatServer server = working.get();
    Account account = server.accounts().account(named);
    return new AccountDetails(
        info(server, account),
        directory().accounts().profile(account.id()).value().display(),
        directory().rooms().of(account.id()).size(),
        directory().contacts().of(account.id()).size(),
        sessions(named),
        WorkingServer.stored(() -> server.accounts().hasSecondFactor(account)));
  }

  @Override
  public List<SessionInfo> sessions(String named) throws OperationException {
    AccountAdministration accounts = working.get().accounts();
    Account account = accounts.account(named);
    return WorkingServer.stored(() -> accounts.sessions().of(account.id(), new byte[0], MOST))
        .stream()
        .map(LiveAccountOperations::info)
        .toList();
  }

  private static SessionInfo info(Device device) {
    return new SessionInfo(
        device.id().toString(),
        device.name(),
        device.address(),
        Instant.ofEpochMilli(device.created()),
        Instant.ofEpochMilli(device.used()));
  }

  @Override
  public void suspend(String named) throws OperationException {
    does("suspend", named, Map.of(), AccountAdministration::suspend);
  }

  @Override
  public void resume(String named) throws OperationException {
    does("resume", named, Map.of(), AccountAdministration::resume);
  }

  @Override
  public String resetLink(String named, Optional<String> host) throws OperationException {
    Invitation way = LiveServerOperations.link(listener, host, "0".repeat(32));
    AccountAdministration accounts = working.get().accounts();
    return WorkingServer.stored(() -> {
      Account account = accounts.account(named);
      String code = accounts.resetCode(account);
      keep("reset-link", account, Map.of());
      return new PasswordReset(way.host(), way.port(), way.fingerprint(), code).toString();
    });
  }

  @Override
  public void removeSecondFactor(String named) throws OperationException {
    does("remove-second-factor", named, Map.of(), AccountAdministration::removeSecondFactor);
  }

  @Override
  public void endSessions(String named) throws OperationException {
    does("end-sessions", named, Map.of(), AccountAdministration::endSessions);
  }

  @Override
  public void setRole(String named, AccountRole role) throws OperationException {
    does(
        "role",
        named,
        Map.of("role", role.name().toLowerCase(Locale.ROOT)),
        (accounts, account) -> accounts.setRole(account, role(role)));
  }

  @Override
  public void rename(String named, String name) throws OperationException {
    does(
        "rename",
        named,
        Map.of("newName", name),
        (accounts, account) -> accounts.rename(account, name));
  }

  @Override
  public void export(String named, AccountReceiver receiver)
      throws OperationException, IOException {
    ChatServer server = working.get();
    Account account = server.accounts().account(named);
    receiver.account(show(named));
    try {
      server.exporter().messages(account.id(), receiver);
    } catch (StorageException | SealException e) {
      throw new OperationException(Reason.FAILED, "the export is not whole: " + e.getMessage(), e);
    }
    keep("export", account, Map.of());
  }

  @Override
  public void delete(String named) throws OperationException {
    does("delete", named, Map.of(), AccountAdministration::delete);
  }
}
