// SPDX-License-Identifier: Apache-2.0
package chat.desktop.plugin;

import chat.client.Link;
import chat.desktop.api.ChatEvent;
import chat.desktop.api.EventListener;
import chat.desktop.model.app.ChatModel;
import chat.desktop.model.app.ModelListener;
import chat.desktop.model.room.Room;
import chat.protocol.Event;

/** Carries what an account hears to the plug-ins. */
public final class PluginEvents implements ModelListener {
  private final Extensions extensions;
  private final ChatModel model;

  public PluginEvents(Extensions extensions, ChatModel model) {
    this.extensions = extensions;
    this.model = model;
  }

  @Override
  public void changed(Part part) {
    switch (part) {
      case LINK -> tell(new ChatEvent.LinkChanged(model.link() instanceof Link.Online));
      case ROOMS -> tell(new ChatEvent.RoomsChanged());
      case PEOPLE -> tell(new ChatEvent.PeopleChanged());
      case ENTERED, SIGNS, FILES, UNSENT, SERVER, LOGGED_OUT -> {}
    }
  }

  @Override
  public void heard(Room room, Event.Entry entry) {
    PluginMessages.message(entry, model.account())
        .ifPresent(message -> tell(new ChatEvent.Received(message)));
  }

  private void tell(ChatEvent event) {
    extensions.tellAll(EventListener.class, listener -> listener.on(event));
  }
}
