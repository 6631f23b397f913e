// SPDX-License-Identifier: Apache-2.0
package chat.server.session;

import chat.protocol.ProtocolAdapter;
import chat.protocol.WireFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The wire formats and adapters that are there now. A session that finds its own gone waits for the
 * next one.
 */
public final class Formats {
  private final List<WireFormat> formats = new CopyOnWriteArrayList<>();
  private final List<ProtocolAdapter> adapters = new CopyOnWriteArrayList<>();
  private final AtomicInteger epoch = new AtomicInteger();

  public void add(WireFormat format) {
    formats.addFirst(format);
    epoch.incrementAndGet();
  }

  public void remove(WireFormat format) {
    formats.remove(format);
    epoch.incrementAndGet();
  }

  public void add(ProtocolAdapter adapter) {
    adapters.addFirst(adapter);
  }

  public void remove(ProtocolAdapter adapter) {
    adapters.remove(adapter);
  }

  /** The adapter of this name that came last. */
  @Nullable ProtocolAdapter adapter(String name) {
    for (ProtocolAdapter adapter : adapters) {
      if (adapter.name().equals(name)) {
        return adapter;
      }
    }
    return null;
  }

  /** The format of this name that came last. */
  @Nullable WireFormat named(String name) {
    for (WireFormat format : formats) {
      if (format.name().equals(name)) {
        return format;
      }
    }
    return null;
  }

  /** Changes whenever a format comes or goes: encodings of another epoch are not used. */
  int epoch() {
    return epoch.get();
  }
}
