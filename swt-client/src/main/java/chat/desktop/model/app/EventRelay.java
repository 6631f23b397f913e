// SPDX-License-Identifier: Apache-2.0
package chat.desktop.model.app;

import chat.client.ClientEvent;
import chat.client.ClientListener;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Carries a client's events into the thread of the windows, to a model that is made after it. */
public final class EventRelay implements ClientListener {
  private final Executor hop;
  private @Nullable ChatModel model;

  public EventRelay(Executor hop) {
    this.hop = hop;
  }

  /** To be called in the thread of the windows, before the client is started. */
  public void to(ChatModel newModel) {
    model = newModel;
  }

  @Override
  public void on(ClientEvent event) {
    hop.execute(() -> {
      if (model != null) {
        model.on(event);
      }
    });
  }
}
