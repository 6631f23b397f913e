// SPDX-License-Identifier: Apache-2.0
package chat.connection;

import java.nio.ByteBuffer;
import java.time.Duration;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Attends to connections. Registered as a service; a provider hands all its connections to one
 * handler at a time, and parks them when that one goes.
 *
 * <p><b>Threads.</b> The calls for one connection come one at a time on that connection's own
 * thread, which also serves others: a handler never blocks it.
 */
@ConsumerType
public interface ConnectionHandler {

  /**
   * A connection is this handler's from now on: new (no attributes) or left by an earlier handler.
   * Its reads stand still until the handler calls {@link Connection#resumeReads}.
   */
  void adopt(Connection connection);

  /**
   * Bytes have arrived. The handler takes whole frames by moving the position; what remains is kept
   * and comes again, at the front, with the next bytes. The buffer is only valid during the call.
   *
   * <p>A handler must take something from a buffer of {@link Listener#maxBuffer} bytes or pause the
   * reads, else the provider closes the connection.
   */
  void received(Connection connection, ByteBuffer bytes);

  /** {@link Connection#writable()} became true after it had been false. */
  void writable(Connection connection);

  /** The connection is gone; no further call for it follows. */
  void closed(Connection connection);

  /**
   * The connection stays open and goes to another build of its provider: last chance to put what is
   * remembered of it into its attributes. Nothing that is sent to this object from now on arrives,
   * and no further call for it follows; the connection is adopted again as another object.
   */
  void released(Connection connection);

  /**
   * The provider is about to close all connections, this handler's among them: last chance to tell
   * the peers when to come back.
   *
   * @param within the time until the sockets are closed
   */
  void leaving(Duration within);
}
