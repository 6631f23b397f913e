// SPDX-License-Identifier: Apache-2.0
package chat.protocol.classic;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * All that is remembered of a connection, under names of its own in a map that outlives this class:
 * values of the JDK only. Numbers that are 0 and texts that are empty are not there.
 *
 * <pre>
 *   form              of all this; another one is not understood
 *   phase             DOOR, FILLING, LIVE
 *   correlation       the last one used
 *   task, asked       what the request in work does now, and the correlation of its command;
 *                     a task that has asked nothing waits to ask again
 *   request           the bytes of the request in work
 *   deadline, seen    when waiting ends, and how many bytes were there when it began
 *   self, name        who is logged in; as it was typed
 *   here              account -> name of who is here
 *   shown, unlisted   account -> name of who stands in the client's list; who had no room in it
 *   friends, wanted   account -> name of who stands in its list; accounts that wait for a yes
 *   directs           room -> the other one's account
 *   toOpen, opening   rooms to follow; the correlation of the command that does so
 *   newest            room -> the newest time of what stands there, as far as it is known
 *   own, listed       ids of what it said and has not heard yet; numbers that its history showed
 * </pre>
 */
final class Memory {
  static final int FORM = 1;

  /** How far the client has got. */
  enum Phase {
    DOOR,
    FILLING,
    LIVE
  }

  private static final String PREFIX = "classic.";

  /** What belongs to the request in work, and goes with it. */
  private static final String OF_REQUEST = PREFIX + "request.";

  private final Map<String, Object> map;

  Memory(Map<String, Object> map) {
    this.map = map;
  }

  boolean isNew() {
    return !map.containsKey(PREFIX + "form");
  }

  boolean isOfThisForm() {
    return Integer.valueOf(FORM).equals(map.get(PREFIX + "form"));
  }

  void makeNew() {
    map.put(PREFIX + "form", FORM);
  }

  Phase phase() {
    return map.get(PREFIX + "phase") instanceof String name ? Phase.valueOf(name) : Phase.DOOR;
  }

  void phase(Phase phase) {
    map.put(PREFIX + "phase", phase.name());
  }

  @Nullable Task task() {
    return map.get(PREFIX + "task") instanceof String name ? Task.valueOf(name) : null;
  }

  void task(@Nullable Task task) {
    set(PREFIX + "task", task == null ? null : task.name());
  }

  int nextCorrelation() {
    int next = (int) number("correlation") + 1;
    number("correlation", next);
    return next;
  }

  private void set(String key, @Nullable Object value) {
    if (value == null) {
      map.remove(key);
    } else {
      map.put(key, value);
    }
  }

  long number(String key) {
    return map.get(PREFIX + key) instanceof Long number ? number : 0;
  }

  void number(String key, long value) {
    set(PREFIX + key, value == 0 ? null : value);
  }

  String text(String key) {
    return map.get(PREFIX + key) instanceof String text ? text : "";
  }

  void text(String key, String value) {
    set(PREFIX + key, value.isEmpty() ? null : value);
  }

  byte[] bytes(String key) {
    return map.get(PREFIX + key) instanceof byte[] bytes ? bytes : new byte[0];
  }

  void bytes(String key, byte[] value) {
    set(PREFIX + key, value.length == 0 ? null : value);
  }

  /** An id that stays the same for as long as the request is in work. */
  UUID id(String key, Supplier<UUID> ids) {
    if (map.get(PREFIX + key) instanceof UUID id) {
      return id;
    }
    UUID fresh = ids.get();
    map.put(PREFIX + key, fresh);
    return fresh;
  }

  /** A map that is there from now on. */
  @SuppressWarnings("unchecked")
  <V> Map<Long, V> map(String key) {
    return (Map<Long, V>) map.computeIfAbsent(PREFIX + key, k -> new LinkedHashMap<Long, V>());
  }

  /** A set that is there from now on. */
  @SuppressWarnings("unchecked")
  <V> Set<V> set(String key) {
    return (Set<V>) map.computeIfAbsent(PREFIX + key, k -> new LinkedHashSet<V>());
  }

  <V> void replace(String key, Map<Long, V> values) {
    map.put(PREFIX + key, new LinkedHashMap<>(values));
  }

  <V> void replace(String key, Collection<V> values) {
    map.put(PREFIX + key, new LinkedHashSet<>(values));
  }

  /** The request is over, and all that belongs to it. */
  void endRequest() {
    task(null);
    map.keySet().removeIf(key -> key.startsWith(OF_REQUEST));
    number("asked", 0);
    number("deadline", 0);
    number("seen", 0);
  }
}
