// SPDX-License-Identifier: Apache-2.0
package chat.desktop.api;

import org.osgi.annotation.versioning.ProviderType;

/** What an {@link EventListener} hears. More kinds may follow: a switch over them has a default. */
@ProviderType
public interface ChatEvent {

  /** Somebody else wrote something just now. */
  record Received(Message message) implements ChatEvent {}

  /** The rooms, or which one is shown, or what was read of them. */
  record RoomsChanged() implements ChatEvent {}

  /** Who is there, or the contacts of the account. */
  record PeopleChanged() implements ChatEvent {}

  /**
   * The connection to the server.
   *
   * @param online whether it stands
   */
  record LinkChanged(boolean online) implements ChatEvent {}
}
