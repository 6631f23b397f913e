// SPDX-License-Identifier: Apache-2.0
package chat.server.session;

import chat.protocol.Limits;
import chat.server.base.ServerConfig;
import chat.server.extension.TextHooks;
import chat.server.room.Directory;
import chat.server.room.RoomQueries;
import chat.server.store.JoinedReplies;
import chat.server.store.StoreAccess;
import java.util.concurrent.ScheduledExecutorService;

/**
 * What all sessions work with. Everything in here may be used from any thread.
 *
 * @param providers what comes and goes
 * @param queries reads what a session has to be told anew
 * @param adapterExecutor one thread, on which what adapters ask is carried out; nothing waits there
 */
public record SessionContext(
    Limits limits,
    StoreAccess access,
    Directory directory,
    RoomQueries queries,
    Online online,
    Providers providers,
    ScheduledExecutorService adapterExecutor) {

  /** The wire formats and adapters that are there. */
  public Formats formats() {
    return providers.formats();
  }

  /**
   * Who is here: the devices of each account, how much they are here, what they use, and what they
   * are answered.
   */
  public record Online(
      Devices devices,
      Presence presence,
      CpuBudget cpu,
      Refusals refusals,
      AuditTrail audit,
      JoinedReplies replies) {}

  /**
   * What comes and goes while the server is at work.
   *
   * @param hooks see texts before they are stored
   */
  public record Providers(Formats formats, TextHooks hooks) {}

  /** The limits of a server that is configured so. */
  public static Limits limits(ServerConfig config) {
    Limits base = Limits.DEFAULT;
    return new Limits(
        base.frame(),
        base.text(),
        config.fileBytes(),
        base.chunk(),
        base.page(),
        base.outstanding());
  }
}
