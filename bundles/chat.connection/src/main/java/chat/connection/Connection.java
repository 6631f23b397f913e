// SPDX-License-Identifier: Apache-2.0
package chat.connection;

import java.net.SocketAddress;
import java.util.Map;
import org.osgi.annotation.versioning.ProviderType;

/**
 * One open socket, its bytes in both directions and what is known of it. It outlives the handler
 * that attends to it.
 *
 * <p><b>Threads.</b> All methods may be called from any thread and never block. Frames sent by one
 * thread arrive in the order sent.
 */
@ProviderType
public interface Connection {

  /** Unique for the life of the provider, ascending. */
  long id();

  /** Where the other end is. */
  SocketAddress peer();

  /** The listener it came in by. */
  Listener listener();

  /**
   * What handlers remember of this connection, kept when a handler leaves. Values must be of the
   * JDK's own types ({@code byte[]}, {@code String}, ...), or they would hold the class loader of a
   * handler that is gone.
   */
  Map<String, Object> attributes();

  /**
   * Queues a whole frame, or several one behind the other. The array is not copied and must not
   * change afterwards; the same array may be sent to many connections. Frames queued within one
   * turn of the owner's loop leave in one write. After {@link #close} nothing is sent.
   *
   * @return {@link #writable()} after this frame
   */
  boolean send(byte[] frame);

  /** The bytes queued and not yet taken by the socket. */
  long pendingBytes();

  /**
   * Whether another frame may be sent: fewer bytes are pending than the provider's high-water mark
   * (128 KiB by default). A handler that sends all the same is not stopped by the provider, which
   * closes the connection once it was not writable for 60 s.
   */
  boolean writable();

  /** Stops reading from the socket. Bytes that arrived before may still be in the buffer. */
  void pauseReads();

  /**
   * Goes on reading, and first offers what is in the buffer again through {@link
   * ConnectionHandler#received}, on the connection's own thread.
   */
  void resumeReads();

  /**
   * Sets the frame that the provider sends by itself after 15 s without any other, also while no
   * handler is there. Until it is set, nothing is sent, and a peer that is silent, or does not
   * read, is left alone: it may be one that gives no signs of life.
   */
  void idleFrame(byte[] frame);

  /**
   * Closes the connection after what is queued and these last words, or after 2 s whichever comes
   * first. {@link ConnectionHandler#closed} follows. Closing twice is fine.
   *
   * @param lastWords one whole frame, or an empty array
   */
  void close(byte[] lastWords);
}
