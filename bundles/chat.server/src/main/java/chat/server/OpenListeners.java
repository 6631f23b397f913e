// SPDX-License-Identifier: Apache-2.0
package chat.server;

import chat.connection.Listener;
import chat.operations.OperationException;
import chat.operations.OperationException.Reason;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;

/** Where people connect, as far as it is open at the moment. */
record OpenListeners(BundleContext bundles) {

  /** The listener called native, or the only one there is. */
  Listener main() throws OperationException {
    List<Listener> listeners = new ArrayList<>();
    for (ServiceReference<Listener> reference : references()) {
      Listener listener = bundles.getService(reference);
      if (listener != null) {
        listeners.add(listener);
        bundles.ungetService(reference); // it is asked what it is, and nothing else
      }
    }
    return listeners.stream()
        .min(Comparator.comparing(listener -> !listener.name().equals("native")))
        .orElseThrow(
            () -> new OperationException(Reason.NOT_READY, "nothing listens; see chatroom status"));
  }

  private Collection<ServiceReference<Listener>> references() {
    try {
      return bundles.getServiceReferences(Listener.class, null);
    } catch (InvalidSyntaxException e) {
      throw new AssertionError("there is no filter", e);
    }
  }
}
