// SPDX-License-Identifier: Apache-2.0
package chat.cli.base;

import java.lang.reflect.AnnotatedElement;
import java.util.Optional;
import picocli.CommandLine.Model.OptionSpec;

/** The environment variables that {@link Environment} names. */
final class Variables {
  private Variables() {}

  /** The one that gives the value of an option; empty if none does. */
  static Optional<String> of(OptionSpec option) {
    return option.userObject() instanceof AnnotatedElement element
        ? Optional.ofNullable(element.getAnnotation(Environment.class)).map(Environment::value)
        : Optional.empty();
  }
}
