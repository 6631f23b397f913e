// SPDX-License-Identifier: Apache-2.0
package chat.admin;

import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;

/** Finds and calls the words that are there now. May be used from any thread. */
record CommandRegistry(BundleContext bundles) {
  private static final String SCOPE = "osgi.command.scope";
  private static final String FUNCTION = "osgi.command.function";
  private static final String OURS = "chatroom";

  /** What a word answers that has no arguments, or this while it is not there. */
  String answerOf(String word, String otherwise) throws CommandException {
    boolean there =
        references().stream().anyMatch(reference -> functions(reference).contains(word));
    return there ? call(List.of(word)) : otherwise;
  }

  /** Calls a word with its arguments and gives what it answers. */
  String call(List<String> line) throws CommandException {
    if (line.isEmpty()) {
      throw new CommandException("say one of: " + String.join(", ", names()));
    }
    String word = line.getFirst();
    for (ServiceReference<?> reference : references()) {
      if (functions(reference).contains(word)) {
        return call(reference, word, line.subList(1, line.size()));
      }
    }
    throw new CommandException(
        "there is no word " + word + "; say one of: " + String.join(", ", names()));
  }

  private String call(ServiceReference<?> reference, String word, List<String> arguments)
      throws CommandException {
    Object service = bundles.getService(reference);
    if (service == null) {
      throw new CommandException(word + " has just gone; try again");
    }
    try {
      Object answer =
          service
              .getClass()
              .getMethod(word, String[].class)
              .invoke(service, (Object) arguments.toArray(String[]::new));
      return String.valueOf(answer);
    } catch (InvocationTargetException e) {
      Throwable cause = e.getCause();
      if (cause instanceof CommandException known) {
        throw known;
      }
      String why = cause == null ? null : cause.getMessage();
      throw new CommandException(why == null ? word + " failed: " + cause : why, e);
    } catch (ReflectiveOperationException e) {
      throw new CommandException(word + " can't be called", e);
    } finally {
      bundles.ungetService(reference);
    }
  }

  private TreeSet<String> names() {
    TreeSet<String> names = new TreeSet<>();
    references().forEach(reference -> names.addAll(functions(reference)));
    return names;
  }

  private Collection<ServiceReference<?>> references() {
    try {
      ServiceReference<?>[] found =
          bundles.getAllServiceReferences(null, "(" + SCOPE + "=" + OURS + ")");
      return found == null ? List.of() : List.of(found);
    } catch (InvalidSyntaxException e) {
      throw new AssertionError("the filter is a constant", e);
    }
  }

  private static List<String> functions(ServiceReference<?> reference) {
    return switch (reference.getProperty(FUNCTION)) {
      case String one -> List.of(one);
      case String[] many -> Arrays.asList(many);
      case null, default -> List.of();
    };
  }
}
