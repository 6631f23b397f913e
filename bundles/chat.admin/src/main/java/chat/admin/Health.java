package chat.admin;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.Version;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;

/** Whether all parts are at work, and if not, which one is not and why. */
record Health(BundleContext bundles, ServiceComponentRuntime components, ConfigCheck configs) {
  private static final Pattern FAILURE =
      Pattern.compile("(?:Caused by: )?[\\w.$]+(?:Exception|Error|\\$\\w+): (.+)");
  private static final String LISTENER = "chat.connection.Listener";

  /** A listener that is open. */
  record Listening(String name, String address, String fingerprint) {}

  List<Listening> listeners() {
    try {
      ServiceReference<?>[] found = bundles.getAllServiceReferences(LISTENER, null);
      List<Listening> listeners = new ArrayList<>();
      for (ServiceReference<?> each : found == null ? new ServiceReference<?>[0] : found) {
        listeners.add(
            new Listening(
                property(each, "chat.listener.name"),
                property(each, "chat.listener.address"),
                property(each, "chat.listener.fingerprint")));
      }
      return listeners;
    } catch (InvalidSyntaxException e) {
      throw new AssertionError("there is no filter", e);
    }
  }

  private static String property(ServiceReference<?> reference, String key) {
    Object value = reference.getProperty(key);
    return value == null ? "" : value.toString();
  }

  /** What is wrong, a line each; empty if all is well or still on its way. */
  List<String> problems() {
    List<String> problems = new ArrayList<>(configs.problems());
    for (Bundle bundle : ours()) {
      if (bundle.getState() != Bundle.ACTIVE && bundle.getState() != Bundle.STARTING) {
        problems.add(bundle.getSymbolicName() + " " + bundle.getVersion() + " is not active");
      }
    }
    for (ComponentDescriptionDTO description : components.getComponentDescriptionDTOs()) {
      for (ComponentConfigurationDTO each : components.getComponentConfigurationDTOs(description)) {
        if (each.state == ComponentConfigurationDTO.FAILED_ACTIVATION) {
          problems.add(description.bundle.symbolicName + ": " + reason(each.failure));
        }
      }
    }
    return problems;
  }

  /** The first message in a stack trace, which is all that SCR keeps: ours, not its cause's. */
  private static String reason(String trace) {
    return trace
        .lines()
        .map(FAILURE::matcher)
        .filter(Matcher::matches)
        .map(matcher -> matcher.group(1))
        .findFirst()
        .orElse(trace);
  }

  /** The bundles of this project. */
  List<Bundle> ours() {
    List<Bundle> ours = new ArrayList<>();
    for (Bundle bundle : bundles.getBundles()) {
      if (bundle.getSymbolicName() != null && bundle.getSymbolicName().startsWith("chat.")) {
        ours.add(bundle);
      }
    }
    return ours;
  }

  /** The version of this program. */
  Version version() {
    return bundles.getBundle().getVersion();
  }
}
