// SPDX-License-Identifier: Apache-2.0
package chat.desktop.model.app;

import chat.client.CommandId;
import chat.desktop.model.room.Room;
import chat.protocol.Command;
import chat.protocol.ContactAction;
import chat.protocol.ModerationAction;
import chat.protocol.Person;
import chat.protocol.Profile;
import chat.protocol.Relation;
import chat.protocol.Reply;
import chat.protocol.RoomKind;
import chat.protocol.RoomSettings;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/** Ways into rooms and to people. */
public record RoomActions(ChatModel model) {

  /** Makes a room and goes there. Whoever asks shows the failure. */
  public CompletableFuture<Reply.Posted> create(RoomKind kind, String name, String topic) {
    UUID id = CommandId.next();
    return model
        .here(model.client().change(new Command.Create(id, kind, name.strip(), topic.strip())))
        .thenApply(this::there);
  }

  /** Becomes a member of a public room, or of one that asked for it, and goes there. */
  public void join(long room) {
    if (model.room(room) != null) {
      model.selectSoon(room);
      return;
    }
    var unused = model.change(new Command.Join(CommandId.next(), room)).thenApply(this::there);
  }

  /** Takes an invitation to a room away; nobody there hears of it. */
  public void decline(long room) {
    var unused = model.set(new Command.DeclineInvitation(room));
  }

  /** Opens the private chat with somebody; it is made if there is none. */
  public void talk(Person person) {
    Room known = model.directWith(person.account());
    if (known != null) {
      model.select(known);
      return;
    }
    var unused =
        model.change(new Command.Direct(CommandId.next(), person.account())).thenApply(this::there);
  }

  private Reply.Posted there(Reply.Posted posted) {
    model.selectSoon(posted.room());
    return posted;
  }

  /** Does something to somebody in a room. */
  public void manage(Room room, Person person, ModerationAction action, long until) {
    var unused =
        model.change(
            new Command.Moderate(CommandId.next(), room.id(), person.account(), action, until));
  }

  /** Lets somebody come back who was banned. Whoever asks shows the failure. */
  public CompletableFuture<Reply.Posted> unban(Room room, String name) {
    return model.here(
        model
            .client()
            .who(name.strip())
            .thenCompose(profile ->
                model
                    .client()
                    .change(
                        new Command.Moderate(
                            CommandId.next(),
                            room.id(),
                            profile.person().account(),
                            ModerationAction.UNBAN,
                            0))));
  }

  /** Changes a room. Whoever asks shows the failure. */
  public CompletableFuture<Reply.Posted> set(Room room, RoomSettings.Change change) {
    return model.here(model.client().change(changing(room, change)));
  }

  /** With all settings, for a server that does not know yet that some may be left out. */
  private static Command.SetRoom changing(Room room, RoomSettings.Change change) {
    RoomSettings after = change.appliedTo(room.info().settings());
    return new Command.SetRoom(CommandId.next(), room.id(), RoomSettings.Change.to(after));
  }

  /** Gives a room a picture; none takes the last one away. Whoever asks shows the failure. */
  public CompletableFuture<Void> setPicture(Room room, byte[] picture) {
    return model.here(model.client().setPicture(room.id(), picture));
  }

  /** Closes a room for everything but reading, or opens it again. */
  public void archive(Room room, boolean archived) {
    var unused = model.change(changing(room, RoomSettings.Change.NONE.withArchived(archived)));
  }

  public void leave(Room room) {
    var unused = model.change(new Command.Leave(CommandId.next(), room.id()));
  }

  /** Turns the notices of a room off, or on again. */
  public void silence(Room room) {
    var unused = model.set(new Command.MuteNotifications(room.id(), !room.silent()));
  }

  /** Takes a step between this account and somebody. */
  public void approach(Person person, ContactAction action) {
    var unused = model.set(new Command.UpdateContact(person.account(), action));
  }

  /** Asks somebody for friendship, by name. Whoever asks shows the failure. */
  public CompletableFuture<Profile> befriend(String name) {
    return model.here(
        model
            .client()
            .who(name.strip())
            .thenCompose(profile ->
                model
                    .client()
                    .set(
                        new Command.UpdateContact(
                            profile.person().account(), step(profile.relation())))
                    .thenApply(_ -> profile)));
  }

  private static ContactAction step(Relation relation) {
    return relation == Relation.INCOMING ? ContactAction.ACCEPT : ContactAction.REQUEST;
  }
}
