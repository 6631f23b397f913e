// SPDX-License-Identifier: Apache-2.0
package chat.server;

import chat.protocol.Limits;
import chat.server.base.Seals;
import chat.server.base.ServerConfig;
import chat.server.command.AccessGuard;
import chat.server.command.RoomTransactions;
import chat.server.command.message.SessionTransfers;
import chat.server.room.Directory;
import chat.server.room.RoomQueries;
import chat.server.session.AuditTrail;
import chat.server.session.Devices;
import chat.server.session.Presence;
import chat.server.session.SessionContext;
import chat.server.store.StoreAccess;
import java.time.InstantSource;

/** What several handlers are made of. */
record HandlerParts(
    SessionContext context,
    Seals seals,
    AccessGuard guard,
    RoomTransactions transactions,
    SessionTransfers transfers,
    ServerConfig config,
    InstantSource clock) {

  StoreAccess access() {
    return context.access();
  }

  Directory directory() {
    return context.directory();
  }

  RoomQueries queries() {
    return context.queries();
  }

  Limits limits() {
    return context.limits();
  }

  Devices devices() {
    return context.online().devices();
  }

  Presence presence() {
    return context.online().presence();
  }

  AuditTrail audit() {
    return context.online().audit();
  }
}
