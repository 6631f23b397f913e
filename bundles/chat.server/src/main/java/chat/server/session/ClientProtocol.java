// SPDX-License-Identifier: Apache-2.0
package chat.server.session;

import chat.protocol.Event;
import chat.protocol.Reply;
import chat.server.room.SharedBlock;
import chat.server.room.SharedEvent;
import java.nio.ByteBuffer;

/**
 * How a session understands its client, and speaks to it. What does it may go and come again; in
 * between, replies wait here and everything else waits elsewhere.
 *
 * <p><b>Threads.</b> All methods may be called from any thread. No lock of a session or a feed is
 * taken while a protocol's own is held.
 */
interface ClientProtocol {

  ClientPolicy policy();

  /** Whether bytes can be taken now. */
  boolean isReady();

  /**
   * A connection begins.
   *
   * @param again whether it was there before the server's logic was exchanged
   */
  void begin(boolean again);

  /** Takes what is whole of the bytes that have arrived. Only on the connection's own thread. */
  void received(ByteBuffer bytes);

  /** False if the reply has to wait. */
  boolean answer(int correlation, Reply reply);

  /** False if the client can't hear it now. */
  boolean send(SharedEvent event);

  /** False if the client can't hear them now, or hears one by one. */
  boolean send(SharedBlock entries);

  /**
   * What speaks has come, or another build of it.
   *
   * @return how many replies had waited and went out
   */
  int formatArrived();

  /** The client takes more again, or may do so. */
  void resume();

  /** Closes the connection with these last words. */
  void close(Event lastWords);

  /** Says nothing more: the connection is gone, or somebody else's. */
  void end();
}
