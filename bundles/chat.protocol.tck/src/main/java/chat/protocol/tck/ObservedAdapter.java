// SPDX-License-Identifier: Apache-2.0
package chat.protocol.tck;

import chat.protocol.AdapterAction;
import chat.protocol.Event;
import chat.protocol.Person;
import chat.protocol.ProtocolAdapter;
import chat.protocol.Reply;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Looks at what an adapter asks. */
record ObservedAdapter(ProtocolAdapter real, Consumer<AdapterAction.RunCommand> watcher)
    implements ProtocolAdapter {

  private List<AdapterAction> seen(List<AdapterAction> steps) {
    for (AdapterAction step : steps) {
      if (step instanceof AdapterAction.RunCommand ask) {
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
  public boolean acceptsInput(Map<String, Object> memory) {
    return real.acceptsInput(memory);
  }

  @Override
  public boolean acceptsEvents(Map<String, Object> memory) {
    return real.acceptsEvents(memory);
  }

  @Override
  public List<AdapterAction> begin(Map<String, Object> memory) {
    return seen(real.begin(memory));
  }

  @Override
  public List<AdapterAction> received(ByteBuffer bytes, Map<String, Object> memory) {
    return seen(real.received(bytes, memory));
  }

  @Override
  public List<AdapterAction> onTimer(Map<String, Object> memory) {
    return seen(real.onTimer(memory));
  }

  @Override
  public List<AdapterAction> onReply(int correlation, Reply reply, Map<String, Object> memory) {
    return seen(real.onReply(correlation, reply, memory));
  }

  @Override
  public List<AdapterAction> onEvent(Event event, Map<String, Object> memory) {
    return seen(real.onEvent(event, memory));
  }

  @Override
  public List<AdapterAction> onPresence(List<Person> people, Map<String, Object> memory) {
    return seen(real.onPresence(people, memory));
  }
}
