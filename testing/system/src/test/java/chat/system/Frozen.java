// SPDX-License-Identifier: Apache-2.0
package chat.system;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;

/**
 * The exceptions from a rule, one a line, in {@code src/test/resources/frozen}. A list may only
 * shrink: what is new and what no longer breaks the rule both fail. {@code ./mvnw -pl
 * testing/system -am verify -Dtest=SourceRulesTest,ArchitectureTest
 * -Dsurefire.failIfNoSpecifiedTests=false -Dsurefire.extra=-Dchat.frozen.write=true} writes the
 * lists anew, after a rename; a reviewer reads in the diff that none has grown.
 */
final class Frozen {
  private static final Path FOLDER = Path.of("src/test/resources/frozen");

  private Frozen() {}

  static void check(String list, Collection<String> violations) throws IOException {
    Path file = FOLDER.resolve(list + ".txt");
    if (Boolean.getBoolean("chat.frozen.write")) {
      Files.createDirectories(FOLDER);
      Files.write(file, new TreeSet<>(violations));
    }
    Set<String> listed = new TreeSet<>(Files.readAllLines(file));
    assertEquals(Set.of(), without(violations, listed), "new violations, see " + file);
    assertEquals(
        Set.of(), without(listed, violations), "no longer violations, remove from " + file);
  }

  private static Set<String> without(Collection<String> all, Collection<String> some) {
    Set<String> rest = new TreeSet<>(all);
    rest.removeAll(some);
    return rest;
  }
}
