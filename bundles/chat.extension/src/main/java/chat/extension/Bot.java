// SPDX-License-Identifier: Apache-2.0
package chat.extension;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Takes part in rooms as an account of its own. Registered as a service with the property {@value
 * #NAME}. The account is made when the bot comes for the first time; it is in the Lobby then, and
 * in whatever room somebody takes it to. Nobody else can log in to it.
 *
 * <p>A bot hears each text that others say in its rooms, in the room's order; what was said while
 * it was away it hears when it comes back, but for what was said before it came for the first time.
 * After a crash it may hear the last few texts again. It is an account like any other to the
 * server: what it says is stored before others see it, and it is held to the same pace.
 *
 * <p><b>Threads.</b> Called by one thread of its own. While it does not return it hears nothing
 * more. What it throws is logged.
 */
@ConsumerType
public interface Bot {
  /** The service property with the name that the bot's account has. */
  String NAME = "chat.bot.name";

  /** Somebody else has said something. */
  void heard(HeardText text, Conversation conversation);
}
