// SPDX-License-Identifier: Apache-2.0
package chat.admin;

import chat.operations.OperationException;
import chat.operations.OperationException.Reason;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;

/** Which components could not begin, and why. */
record ComponentFailures(BundleContext bundles, ServiceComponentRuntime components) {
  private static final Pattern FAILURE =
      Pattern.compile("(?:Caused by: )?[\\w.$]+(?:Exception|Error|\\$\\w+): (.+)");

  /** Of these bundles, a line each. */
  List<String> of(Predicate<Bundle> counted) {
    return components.getComponentDescriptionDTOs().stream()
        .filter(description -> {
          Bundle bundle = bundles.getBundle(description.bundle.id);
          return bundle != null && counted.test(bundle);
        })
        .flatMap(description -> of(description).stream())
        .toList();
  }

  /**
   * Looks whether everything of a bundle began that could.
   *
   * @throws OperationException with what did not
   */
  void check(Bundle bundle) throws OperationException {
    List<String> failures = of(bundle::equals);
    if (!failures.isEmpty()) {
      throw new OperationException(Reason.FAILED, String.join("; ", failures));
    }
  }

  private List<String> of(ComponentDescriptionDTO description) {
    return components.getComponentConfigurationDTOs(description).stream()
        .filter(each -> each.state == ComponentConfigurationDTO.FAILED_ACTIVATION)
        .map(each -> description.bundle.symbolicName + ": " + reason(each.failure))
        .toList();
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
}
