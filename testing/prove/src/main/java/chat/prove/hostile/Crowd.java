// SPDX-License-Identifier: Apache-2.0
package chat.prove.hostile;

import chat.prove.Attackers.Rule;
import chat.prove.server.ServerProcess;
import java.util.ArrayList;
import java.util.List;

/** Ten people who chat, and somebody who logs in now and then, until it is closed. */
final class Crowd implements AutoCloseable {
  private final Latencies latencies = new Latencies();
  private final List<Person> people = new ArrayList<>();
  private final LogIns logIns;
  private final List<Thread> threads = new ArrayList<>();

  Crowd(ServerProcess server, Ground ground, Rule rule) {
    for (Account account : ground.people()) {
      people.add(new Person(server, account, latencies, people.size()));
    }
    logIns = new LogIns(server, ground.people(), latencies, rule);
    people.forEach(person -> threads.add(thread("person", person)));
    threads.add(thread("log-ins", logIns));
  }

  /** Not a virtual one: those share a few carriers, which attackers keep busy. */
  private static Thread thread(String name, Runnable task) {
    return Thread.ofPlatform().name(name).daemon().start(task);
  }

  Latencies latencies() {
    return latencies;
  }

  LogIns logIns() {
    return logIns;
  }

  @Override
  public void close() throws InterruptedException {
    logIns.leave();
    people.forEach(Person::leave);
    for (Thread thread : threads) {
      thread.join();
    }
  }
}
