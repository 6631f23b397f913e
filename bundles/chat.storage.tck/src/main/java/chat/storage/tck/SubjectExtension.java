// SPDX-License-Identifier: Apache-2.0
package chat.storage.tck;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives each test of the contract its own {@link Subject} and clears it away afterwards. */
final class SubjectExtension implements ParameterResolver {
  private static final ExtensionContext.Namespace SPACE =
      ExtensionContext.Namespace.create(SubjectExtension.class);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Subject.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    try {
      StoreContract contract = (StoreContract) context.getRequiredTestInstance();
      Subject subject = new Subject(contract);
      context.getStore(SPACE).put(Subject.class, subject);
      return subject;
    } catch (Exception e) {
      throw new ParameterResolutionException("no store to test", e);
    }
  }
}
