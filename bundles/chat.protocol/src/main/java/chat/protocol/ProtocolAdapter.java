// SPDX-License-Identifier: Apache-2.0
package chat.protocol;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Translates between this protocol and another one: the bytes of such a client become commands, and
 * their replies, and the events, become bytes that it understands.
 *
 * <p>An adapter keeps no state. What must be remembered of a connection is in its memory, which
 * outlives the adapter, the server's logic and the owner of the sockets: values of the JDK's own
 * types only, never null. So each call may be made to another instance of another build.
 *
 * <p>One client's request is in work at a time. While it is, {@link #acceptsInput} is false and no
 * bytes are offered; its commands carry ids that stay the same when they are asked again, so that
 * nothing is lost or doubled by an exchange.
 *
 * <p>Such clients differ in other ways too: they may stay at the door for as long as they like,
 * give no signs of life, leave by closing their connection, and have one device for an account.
 *
 * <p><b>Threads.</b> The calls for one connection come one at a time, from any thread. They return
 * soon, and never throw for what the bytes, replies or events are.
 */
@ConsumerType
public interface ProtocolAdapter {

  /** The name by which listeners choose it, for example {@code classic}. */
  String name();

  /** The fewest code points of a password that is registered through it. */
  int passwordMin();

  /** Whether bytes may be offered now. */
  boolean acceptsInput(Map<String, Object> memory);

  /**
   * Whether the client can hear of entries, rooms and contacts now. While it can't, they wait and
   * are told later.
   */
  boolean acceptsEvents(Map<String, Object> memory);

  /**
   * A connection is new, or the server's logic was exchanged: what has no answer by now gets none,
   * and is asked again.
   */
  List<AdapterAction> begin(Map<String, Object> memory);

  /**
   * Takes one request off the buffer, or a part of it that can be carried out, or nothing. What is
   * not taken is offered again with what comes behind it. Only called while it reads.
   *
   * @param bytes big endian; its position moves behind what was taken
   */
  List<AdapterAction> received(ByteBuffer bytes, Map<String, Object> memory);

  /**
   * Some time has passed, as a {@link AdapterAction.StartTimer} asked for, or less. What has not
   * been taken of the buffer is then offered again.
   */
  List<AdapterAction> onTimer(Map<String, Object> memory);

  /** A command has its answer. */
  List<AdapterAction> onReply(int correlation, Reply reply, Map<String, Object> memory);

  /**
   * Something happened. {@link Event.Presence} is not among it, {@link #onPresence} is in its
   * place.
   */
  List<AdapterAction> onEvent(Event event, Map<String, Object> memory);

  /**
   * Who is here now, the client's own account among them. Said after a client has entered, whenever
   * that may be different from what was said last.
   *
   * @param people at most 1,000
   */
  List<AdapterAction> onPresence(List<Person> people, Map<String, Object> memory);
}
