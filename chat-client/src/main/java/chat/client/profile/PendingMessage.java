// SPDX-License-Identifier: Apache-2.0
package chat.client.profile;

import chat.client.ClientEvent;
import chat.client.ClientEvent.Refusal;
import chat.protocol.Command;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A text in the outbox.
 *
 * @param refused why it will not be sent as it is; null while it waits
 */
public record PendingMessage(Command.Post post, @Nullable Refusal refused) {
  public UUID id() {
    return post.id();
  }

  public long room() {
    return post.room();
  }

  public PendingMessage refused(Refusal refusal) {
    return new PendingMessage(post, refusal);
  }

  public ClientEvent.Pending pending() {
    return new ClientEvent.Pending(
        post.id(), post.room(), post.text(), post.reply(), post.important(), refused);
  }
}
