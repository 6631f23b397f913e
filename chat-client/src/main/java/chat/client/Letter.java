package chat.client;

import chat.client.ClientEvent.Refusal;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A text in the outbox.
 *
 * @param refused why it will not be sent as it is; null while it waits
 */
record Letter(UUID id, long room, String text, @Nullable Refusal refused) {
  Letter refused(Refusal refusal) {
    return new Letter(id, room, text, refusal);
  }

  ClientEvent.Pending pending() {
    return new ClientEvent.Pending(id, room, text, refused);
  }
}
