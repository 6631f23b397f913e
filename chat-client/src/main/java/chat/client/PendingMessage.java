// SPDX-License-Identifier: Apache-2.0
package chat.client;

import chat.client.ClientEvent.Refusal;
import chat.protocol.Command;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A text in the outbox.
 *
 * @param refused why it will not be sent as it is; null while it waits
 */
record PendingMessage(Command.Post post, @Nullable Refusal refused) {
  UUID id() {
    return post.id();
  }

  long room() {
    return post.room();
  }

  PendingMessage refused(Refusal refusal) {
    return new PendingMessage(post, refusal);
  }

  ClientEvent.Pending pending() {
    return new ClientEvent.Pending(
        post.id(), post.room(), post.text(), post.reply(), post.important(), refused);
  }
}
