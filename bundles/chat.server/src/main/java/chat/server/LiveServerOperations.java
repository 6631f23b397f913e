// SPDX-License-Identifier: Apache-2.0
package chat.server;

import chat.connection.Listener;
import chat.operations.AuditLog;
import chat.operations.InvitationInfo;
import chat.operations.InvitationRequest;
import chat.operations.OperationException;
import chat.operations.OperationException.Reason;
import chat.operations.Sealing;
import chat.operations.ServerOperations;
import chat.operations.ServerStatus;
import chat.protocol.Invitation;
import chat.protocol.Person;
import chat.server.base.Refusal;
import chat.server.command.account.Invitations;
import chat.server.command.administration.Announcements;
import chat.server.room.Directory;
import chat.server.session.SessionContext;
import chat.server.store.Journal;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What operators ask the server that is at work. */
record LiveServerOperations(
    WorkingServer working, ConnectionPoint listener, AuditLog audit, OwnerInvitation owner)
    implements ServerOperations {

  /** Where people connect. */
  @FunctionalInterface
  interface ConnectionPoint {
    Listener get() throws OperationException;
  }

  @Override
  public ServerStatus status() throws OperationException {
    ChatServer server = working.get();
    SessionContext context = server.context();
    Directory directory = context.directory();
    Journal.Figures journal = context.access().journal().figures();
    return new ServerStatus(
        Instant.ofEpochMilli(server.since()),
        server.sessionCount(),
        context.online().presence().count(),
        new ServerStatus.Contents(
            directory.accounts().size(),
            directory.rooms().all().size(),
            directory.rooms().all().stream().mapToLong(room -> room.tail().head()).sum()),
        new ServerStatus.Journal(
            journal.waiting(),
            journal.waitingBytes(),
            journal.committed(),
            journal.batches(),
            journal.stalledMillis()),
        server.load());
  }

  @Override
  public List<String> onlineUsers() throws OperationException {
    return working.get().context().online().presence().everybody().stream()
        .map(Person::name)
        .sorted()
        .toList();
  }

  @Override
  public String invite(InvitationRequest request) throws OperationException {
    checkWithin("uses", request.uses(), MOST_USES);
    checkWithin("days", request.days(), MOST_DAYS);
    String code = Invitations.newCode();
    Invitation link = link(listener, request.host(), code);
    ChatServer server = working.get();
    return WorkingServer.stored(() -> {
      server.invitations().make(code, request.uses(), request.days());
      audit.record("invite", request.uses() + " uses, " + request.days() + " days");
      return link.toString();
    });
  }

  @Override
  public String inviteOwner(Optional<String> host) throws OperationException {
    String code = Invitations.newCode();
    Invitation link = link(listener, host, code);
    ChatServer server = working.get();
    return WorkingServer.stored(() -> {
      Instant end = Instant.now().plus(Duration.ofDays(OWNER_DAYS));
      server.invitations().makeOwners(code, end.toEpochMilli());
      owner.replaced(code);
      audit.record("owner-invitation", OWNER_DAYS + " days");
      return link.toString();
    });
  }

  private static void checkWithin(String what, int value, int most) throws OperationException {
    if (value < 1 || value > most) {
      throw new OperationException(
          Reason.INVALID_ARGUMENT, what + " must be from 1 to " + most + ", not " + value);
    }
  }

  /** The way to this server from outside. */
  static Invitation link(ConnectionPoint listener, Optional<String> host, String code)
      throws OperationException {
    Listener connectedTo = listener.get();
    Invitation link =
        new Invitation(
            host.orElseGet(() -> hostOf(connectedTo)),
            connectedTo.address().getPort(),
            connectedTo.fingerprint().orElse(""),
            code);
    if (!Invitation.parse(link.toString()).equals(Optional.of(link))) {
      throw new OperationException(
          Reason.INVALID_ARGUMENT, "--host needs a name or an address, not " + link.host());
    }
    return link;
  }

  private static String hostOf(Listener listener) {
    InetAddress bound = listener.address().getAddress();
    if (!bound.isAnyLocalAddress()) {
      return listener.address().getHostString();
    }
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "localhost";
    }
  }

  @Override
  public String announcement() throws OperationException {
    return working.get().announcements().current().text();
  }

  @Override
  public void announce(String wanted) throws OperationException {
    String text;
    try {
      text = Announcements.checked(wanted);
    } catch (Refusal e) {
      throw new OperationException(Reason.INVALID_ARGUMENT, e.detail(), e);
    }
    ChatServer server = working.get();
    WorkingServer.stored(() -> {
      server.announcements().make(text);
      return true;
    });
    audit.record("announce", text.isEmpty() ? "nothing any more" : "something");
  }

  @Override
  public List<InvitationInfo> invitations() throws OperationException {
    ChatServer server = working.get();
    return WorkingServer.stored(() -> server.invitations().usable());
  }

  @Override
  public void revokeInvitation(String id) throws OperationException {
    ChatServer server = working.get();
    boolean known = WorkingServer.stored(() -> server.invitations().withdraw(id));
    if (!known) {
      throw new OperationException(
          Reason.NOT_FOUND, "there is no invitation " + id + "; chatroom invitations lists them");
    }
    audit.record("uninvite", id);
  }

  @Override
  public Sealing sealing() throws OperationException {
    ChatServer server = working.get();
    return new Sealing(
        server.seals().ring().isRenewing(),
        server.renewal().done(),
        server.renewal().planned(),
        server.seals().integrity().problems());
  }

  @Override
  public void rekey() throws OperationException {
    ChatServer server = working.get();
    WorkingServer.stored(() -> {
      server.renewal().rekey();
      return true;
    });
    audit.record("rekey", "another master key");
  }
}
