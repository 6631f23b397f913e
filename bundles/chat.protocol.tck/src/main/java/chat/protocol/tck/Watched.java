// SPDX-License-Identifier: Apache-2.0
package chat.protocol.tck;

import chat.protocol.Event;
import chat.protocol.Interpreter;
import chat.protocol.Person;
import chat.protocol.Reply;
import chat.protocol.Step;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Looks at what an interpreter asks. */
record Watched(Interpreter real, Consumer<Step.Ask> watcher) implements Interpreter {

  private List<Step> seen(List<Step> steps) {
    for (Step step : steps) {
      if (step instanceof Step.Ask ask) {
        watcher.accept(ask);
      }
    }
    return steps;
  }

  @Override
  public String name() {
    return real.name();
  }

  @Override
  public int passwordMin() {
    return real.passwordMin();
  }

  @Override
  public boolean reads(Map<String, Object> memory) {
    return real.reads(memory);
  }

  @Override
  public boolean listens(Map<String, Object> memory) {
    return real.listens(memory);
  }

  @Override
  public List<Step> begin(Map<String, Object> memory) {
    return seen(real.begin(memory));
  }

  @Override
  public List<Step> heard(ByteBuffer bytes, Map<String, Object> memory) {
    return seen(real.heard(bytes, memory));
  }

  @Override
  public List<Step> woken(Map<String, Object> memory) {
    return seen(real.woken(memory));
  }

  @Override
  public List<Step> answered(int correlation, Reply reply, Map<String, Object> memory) {
    return seen(real.answered(correlation, reply, memory));
  }

  @Override
  public List<Step> told(Event event, Map<String, Object> memory) {
    return seen(real.told(event, memory));
  }

  @Override
  public List<Step> present(List<Person> people, Map<String, Object> memory) {
    return seen(real.present(people, memory));
  }
}
