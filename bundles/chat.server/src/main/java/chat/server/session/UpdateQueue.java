// SPDX-License-Identifier: Apache-2.0
package chat.server.session;

import chat.protocol.Event;
import chat.server.base.Announcement;
import chat.server.room.Account;
import chat.server.room.Directory;
import chat.server.room.Room;
import chat.server.room.SharedEvent;
import chat.storage.StorageException;
import java.util.LinkedHashSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a session has to be told anew, each thing once. It is told as it is when the client can hear
 * it, so there is never more here than there are rooms and contacts.
 *
 * <p><b>Threads.</b> Any thread adds; the session's lane tells. Guarded by itself; no other lock is
 * taken meanwhile.
 */
final class UpdateQueue {
  private static final Logger LOG = LoggerFactory.getLogger(UpdateQueue.class);

  private final Device device;
  private final SessionContext context;
  private final LinkedHashSet<StateUpdate> untold = new LinkedHashSet<>();
  private boolean telling;

  UpdateQueue(Device device, SessionContext context) {
    this.device = device;
    this.context = context;
  }

  void add(StateUpdate news) {
    synchronized (untold) {
      untold.add(news);
    }
    advance();
  }

  /** Tells what there is, if the client can hear it. */
  void advance() {
    synchronized (untold) {
      if (telling || untold.isEmpty() || !device.hears()) {
        return;
      }
      telling = device.lane().submit(this::tellAll);
    }
  }

  void clear() {
    synchronized (untold) {
      untold.clear();
    }
  }

  private void tellAll() {
    StateUpdate next = null;
    try {
      for (next = take(); next != null && publish(next); next = take()) {}
    } catch (StorageException e) {
      LOG.warn("{} hears later what is new: {}", device, e.getMessage());
    } finally {
      synchronized (untold) {
        telling = false;
        if (next != null && device.account() != null) {
          untold.add(next);
        }
      }
    }
  }

  private @Nullable StateUpdate take() {
    synchronized (untold) {
      return device.account() != null && !untold.isEmpty() ? untold.removeFirst() : null;
    }
  }

  /** False if the client can't hear it now. */
  private boolean publish(StateUpdate news) throws StorageException {
    Account account = device.account();
    if (account == null) {
      return true;
    }
    Directory directory = context.directory();
    Event event =
        switch (news) {
          case StateUpdate.OfRoom(long id) -> {
            Room room = directory.rooms().of(account.id(), id);
            yield room == null
                ? notOf(account.id(), id)
                : new Event.RoomChanged(
                    context.queries().info(room, account.id()),
                    context
                        .queries()
                        .place(room, directory.accounts().get(account.id()).orElse(account)));
          }
          case StateUpdate.OfContact(long other) ->
              new Event.ContactChanged(
                  directory.contacts().shown(account.id(), other, directory.accounts()));
          case StateUpdate.OfRole() ->
              new Event.RoleChanged(
                  directory.accounts().get(account.id()).orElse(account).role().shown());
          case StateUpdate.OfAnnouncement() -> {
            Announcement announced = directory.announced();
            yield new Event.Announced(announced.text(), announced.time());
          }
        };
    return device.send(new SharedEvent(event));
  }

  /** A room that the account may have been asked to come into. */
  private Event notOf(long account, long room) {
    return context.queries().invitations(account).stream()
        .filter(invitation -> invitation.info().room() == room)
        .<Event>map(Event.RoomInvited::new)
        .findFirst()
        .orElseGet(() -> new Event.RoomGone(room));
  }
}
