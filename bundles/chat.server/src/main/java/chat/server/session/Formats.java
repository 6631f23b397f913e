// SPDX-License-Identifier: Apache-2.0
package chat.server.session;

import chat.protocol.ProtocolAdapter;
import chat.protocol.WireFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The wire formats and protocol adapters that are there now. A session that finds its own gone
 * waits for the next one. Those that are removed are called by nobody any more.
 */
public final class Formats {
  private final List<Leased<WireFormat>> formats = new CopyOnWriteArrayList<>();
  private final List<Leased<ProtocolAdapter>> adapters = new CopyOnWriteArrayList<>();
  private final AtomicInteger epoch = new AtomicInteger();

  public void add(WireFormat format) {
    formats.addFirst(new Leased<>(format.name(), format));
    epoch.incrementAndGet();
  }

  /** Returns when no call of the format is in progress. */
  public void remove(WireFormat format) {
    remove(formats, format);
    epoch.incrementAndGet();
  }

  public void add(ProtocolAdapter adapter) {
    adapters.addFirst(new Leased<>(adapter.name(), adapter));
  }

  /** Returns when no call of the adapter is in progress. */
  public void remove(ProtocolAdapter adapter) {
    remove(adapters, adapter);
  }

  private static <S> void remove(List<Leased<S>> services, S service) {
    services.stream().filter(leased -> leased.isOf(service)).forEach(Leased::withdraw);
    services.removeIf(leased -> leased.isOf(service));
  }

  /** A lease of the adapter of this name that came last; null if there is none. */
  @Nullable Leased<ProtocolAdapter> adapter(String name) {
    return lease(adapters, name);
  }

  /** A lease of the format of this name that came last; null if there is none. */
  @Nullable Leased<WireFormat> format(String name) {
    return lease(formats, name);
  }

  private static <S> @Nullable Leased<S> lease(List<Leased<S>> services, String name) {
    for (Leased<S> leased : services) {
      if (leased.name().equals(name) && leased.lease() != null) {
        return leased;
      }
    }
    return null;
  }

  /** Changes whenever a format comes or goes: encodings of another epoch are not used. */
  int epoch() {
    return epoch.get();
  }
}
