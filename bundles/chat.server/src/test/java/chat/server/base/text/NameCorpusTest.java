// SPDX-License-Identifier: Apache-2.0
package chat.server.base.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.server.base.Refusal;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Names that people have are given, and none beside it that looks like one of them. */
class NameCorpusTest {
  private static final int PAIRS = 10_000;

  private static List<String> lines(String resource) throws IOException {
    try (InputStream in = NameCorpusTest.class.getResourceAsStream(resource)) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .toList();
    }
  }

  private static List<String> honest() throws IOException {
    return lines("honest-names.txt").stream().filter(line -> !line.startsWith("#")).toList();
  }

  @Test
  void aThousandHonestNamesInTwentyScriptsAreGivenAndNoTwoAreTakenForEachOther()
      throws IOException {
    List<String> names = honest();
    assertTrue(names.size() >= 1_000, names.size() + " names");
    assertTrue(lines("honest-names.txt").size() - names.size() >= 22, "scripts");
    Map<String, String> holders = new HashMap<>();
    List<String> wrong = new ArrayList<>();
    for (String name : names) {
      try {
        NameRule.ofDisplay(name);
        for (String skeleton : NameRule.ofAccount(name).skeletons()) {
          String other = holders.put(skeleton, name);
          if (other != null) {
            wrong.add(name + " and " + other);
          }
        }
      } catch (Refusal e) {
        wrong.add(name + ": " + e.detail());
      }
    }
    assertEquals(List.of(), wrong);
  }

  /** What is taken for each other, by what it is taken for. */
  private static Map<String, List<String>> lookalikes() throws IOException {
    Map<String, List<String>> classes = new LinkedHashMap<>();
    for (String line : lines("confusables.txt")) {
      if (!line.startsWith("#")) {
        String[] parts = line.split(";");
        classes.computeIfAbsent(text(parts[1]), target -> new ArrayList<>()).add(text(parts[0]));
      }
    }
    classes.forEach((target, sources) -> sources.add(target));
    classes.forEach((target, all) -> all.removeIf(one -> !isShownSo(one, all)));
    return classes;
  }

  /** A name is shown in NFKC: what becomes another letter by it does not look as it did. */
  private static boolean isShownSo(String one, List<String> all) {
    return all.contains(Normalizer.normalize(one, Normalizer.Form.NFKC));
  }

  private static String text(String codePoints) {
    StringBuilder text = new StringBuilder();
    for (String one : codePoints.split(" ")) {
      text.appendCodePoint(Integer.parseInt(one, 16));
    }
    return text.toString();
  }

  @Test
  void noneOfTenThousandLookalikesIsGivenBesideTheNameThatItLooksLike() throws IOException {
    Map<String, List<String>> classOf = new HashMap<>();
    lookalikes().values().forEach(all -> all.forEach(one -> classOf.put(one, all)));
    List<String> names = honest();
    Random random = new Random(39);
    Set<String> pairs = new HashSet<>();
    List<String> passed = new ArrayList<>();
    while (pairs.size() < PAIRS) {
      String name = names.get(random.nextInt(names.size()));
      String other = disguised(name, classOf, random);
      if (!other.equals(name) && pairs.add(name + " " + other) && isGivenBeside(name, other)) {
        passed.add(name + " and " + other + " " + NameRule.skeletons(other));
      }
    }
    assertEquals(List.of(), passed);
  }

  /** With some of its characters replaced by what looks like them. */
  private static String disguised(String name, Map<String, List<String>> classOf, Random random) {
    StringBuilder other = new StringBuilder();
    name.codePoints()
        .mapToObj(Character::toString)
        .forEach(one -> {
          List<String> all = classOf.get(one);
          other.append(
              all == null || random.nextInt(3) > 0 ? one : all.get(random.nextInt(all.size())));
        });
    return other.toString();
  }

  private static boolean isGivenBeside(String name, String other) {
    try {
      return Collections.disjoint(NameRule.skeletons(name), NameRule.ofAccount(other).skeletons());
    } catch (Refusal e) {
      return false;
    }
  }
}
