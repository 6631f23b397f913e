// SPDX-License-Identifier: Apache-2.0
package chat.desktop.model.app;

import chat.client.Link;
import chat.desktop.model.room.Room;
import chat.protocol.Member;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;

/** Asks who is in a room, page by page and once at a time; of a very large one the first ones. */
final class MemberLists {
  /** Members asked for at once. */
  private static final int PAGE = 200;

  /** The most that are asked for of a room. */
  static final int MOST = 2_000;

  private final ChatModel model;
  private final Executor hop;
  private final Set<Long> asked = new HashSet<>();

  MemberLists(ChatModel model, Executor hop) {
    this.model = model;
    this.hop = hop;
  }

  /** Asks, if it is not known. */
  void load(Room room) {
    boolean online = model.link() instanceof Link.Online;
    if (room.members().isEmpty() && online && asked.add(room.id())) {
      load(room, "", new ArrayList<>());
    }
  }

  private void load(Room room, String after, List<Member> known) {
    var unused =
        model
            .client()
            .people(room.id(), after, PAGE)
            .whenCompleteAsync(
                (page, failure) -> {
                  if (failure != null) {
                    // Whoever still looks for them asks again.
                    asked.remove(room.id());
                    return;
                  }
                  known.addAll(page.people());
                  if (page.more() && known.size() < MOST) {
                    load(room, known.getLast().person().name(), known);
                    return;
                  }
                  asked.remove(room.id());
                  room.members(known);
                  model.tell(ModelListener.Part.SIGNS);
                },
                hop);
  }
}
