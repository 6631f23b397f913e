// SPDX-License-Identifier: Apache-2.0
package chat.server.base;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Tasks that wait for a thread, in a queue for each address: one of each gets its turn in a round,
 * so that whoever sends hundreds delays nobody else by more than one. Tasks whose client has gone
 * make room. When it is full, a newcomer's task takes the place of the newest one of the address
 * with most.
 *
 * <p><b>Threads.</b> May be used from any thread.
 */
public final class FairQueue<A> {
  private final int capacity;
  private final int capacityPerAddress;
  private final Map<A, ArrayDeque<Task>> waiting = new LinkedHashMap<>();
  private int size;

  public FairQueue(int capacity, int capacityPerAddress) {
    this.capacity = capacity;
    this.capacityPerAddress = capacityPerAddress;
  }

  /**
   * What waits.
   *
   * @param isStale whether nobody waits for it any more
   * @param declined says that it will not be done
   */
  public record Task(Runnable work, BooleanSupplier isStale, Runnable declined) {}

  /** Adds a task, or declines it or another one; returns at once. */
  public void add(A address, Task task) {
    Optional<Task> loser = place(address, task);
    loser.ifPresent(without -> without.declined().run());
  }

  private synchronized Optional<Task> place(A address, Task task) {
    if (sizeOf(address) >= capacityPerAddress || size >= capacity) {
      dropStale();
    }
    if (sizeOf(address) >= capacityPerAddress) {
      return Optional.of(task);
    }
    Optional<Task> loser = Optional.empty();
    if (size >= capacity) {
      ArrayDeque<Task> largest =
          waiting.values().stream().max(Comparator.comparingInt(ArrayDeque::size)).orElseThrow();
      if (largest.size() <= sizeOf(address) + 1) {
        return Optional.of(task);
      }
      loser = Optional.of(largest.removeLast());
      size--;
    }
    waiting.computeIfAbsent(address, a -> new ArrayDeque<>()).add(task);
    size++;
    notifyAll();
    return loser;
  }

  private int sizeOf(A address) {
    ArrayDeque<Task> tasks = waiting.get(address);
    return tasks == null ? 0 : tasks.size();
  }

  private void dropStale() {
    for (Iterator<ArrayDeque<Task>> all = waiting.values().iterator(); all.hasNext(); ) {
      ArrayDeque<Task> tasks = all.next();
      int before = tasks.size();
      tasks.removeIf(task -> task.isStale().getAsBoolean());
      size -= before - tasks.size();
      if (tasks.isEmpty()) {
        all.remove();
      }
    }
  }

  /** Waits for the next task; the address whose it was comes last from then on. */
  public synchronized Runnable take() throws InterruptedException {
    while (true) {
      while (size == 0) {
        wait();
      }
      Map.Entry<A, ArrayDeque<Task>> first = waiting.entrySet().iterator().next();
      waiting.remove(first.getKey());
      Task task = first.getValue().removeFirst();
      size--;
      if (!first.getValue().isEmpty()) {
        waiting.put(first.getKey(), first.getValue());
      }
      if (!task.isStale().getAsBoolean()) {
        return task.work();
      }
    }
  }

  public synchronized int size() {
    return size;
  }
}
