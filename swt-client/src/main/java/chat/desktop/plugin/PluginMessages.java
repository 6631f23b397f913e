// SPDX-License-Identifier: Apache-2.0
package chat.desktop.plugin;

import chat.desktop.api.ChatRoom;
import chat.desktop.api.Message;
import chat.desktop.model.room.Room;
import chat.desktop.model.room.Row;
import chat.protocol.Content;
import chat.protocol.Event;
import chat.protocol.Person;
import java.util.List;
import java.util.Optional;

/** Messages and rooms as plug-ins see them. */
public final class PluginMessages {

  private PluginMessages() {}

  public static ChatRoom room(Room room) {
    return new ChatRoom(room.id(), room.name(), room.direct(), room.unread());
  }

  /**
   * @param self the account that is logged in
   */
  public static Message message(Row.MessageRow row, long self) {
    Event.Entry entry = row.entry();
    Optional<Message.File> file =
        row instanceof Row.Filed filed ? Optional.of(file(filed.file())) : Optional.empty();
    List<Message.Reaction> reactions =
        row.state().reactions().stream()
            .map(each -> new Message.Reaction(each.emoji(), each.people().size(), each.by(self)))
            .toList();
    return new Message(
        entry.room(),
        entry.number(),
        entry.id(),
        author(entry.author(), self),
        entry.time(),
        new Message.Body(row.text(), file),
        reactions);
  }

  /** A message that has just come; nothing has been done to it yet. */
  static Optional<Message> message(Event.Entry entry, long self) {
    Optional<Message.Body> body =
        switch (entry.content()) {
          case Content.Text said -> Optional.of(new Message.Body(said.text(), Optional.empty()));
          case Content.File sent ->
              Optional.of(new Message.Body(sent.name(), Optional.of(file(sent))));
          case Content.Joined _,
              Content.Left _,
              Content.Erased _,
              Content.Damaged _,
              Content.Edited _,
              Content.Deleted _,
              Content.Reacted _,
              Content.Pinned _,
              Content.RoomSet _,
              Content.Done _,
              Content.Gone _ ->
              Optional.empty();
        };
    return body.map(said ->
        new Message(
            entry.room(),
            entry.number(),
            entry.id(),
            author(entry.author(), self),
            entry.time(),
            said,
            List.of()));
  }

  private static Message.Author author(Person person, long self) {
    return new Message.Author(person.account(), person.name(), person.account() == self);
  }

  private static Message.File file(Content.File file) {
    return new Message.File(file.name(), file.mediaType(), file.size());
  }
}
