// SPDX-License-Identifier: Apache-2.0
package chat.server.session;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The rooms that a session follows.
 *
 * <p><b>Threads.</b> Feeds are added with the session's lock alone, so that none is added to a
 * session that has ended; everything else may be called from any thread.
 */
final class Subscriptions {
  private final Map<Long, Feed> feeds = new ConcurrentHashMap<>();

  /** Follows these from now on; those followed before are let go of. */
  void replace(long account, List<Feed> next) {
    end();
    next.forEach(feed -> add(account, feed));
  }

  /** Follows one more room, or the same from another place. */
  void set(long account, Feed feed) {
    end(feed.room().id());
    add(account, feed);
    feed.advance();
  }

  /**
   * Whoever is put out in this moment hears nothing of it: either the membership is seen to be gone
   * before the feed begins, or the feed is found and ended by whoever ended the membership. One who
   * has been invited again by now hears nothing of the time between either.
   */
  private void add(long account, Feed feed) {
    feeds.put(feed.room().id(), feed);
    if (feed.isFor(account)) {
      feed.begin();
    } else {
      end(feed.room().id());
    }
  }

  /** Hears nothing more of a room. */
  void end(long room) {
    Feed feed = feeds.remove(room);
    if (feed != null) {
      feed.end();
    }
  }

  /** Hears nothing more of any room. */
  void end() {
    feeds.values().forEach(Feed::end);
    feeds.clear();
  }

  void advance() {
    feeds.values().forEach(Feed::advance);
  }

  /** Ends, and says up to where each room was given to the connection. */
  Map<Long, Long> park() {
    Map<Long, Long> sent = new HashMap<>();
    feeds.forEach((id, feed) -> {
      feed.end();
      sent.put(id, feed.sent());
    });
    return sent;
  }
}
