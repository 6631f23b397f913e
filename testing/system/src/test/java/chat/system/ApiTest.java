// SPDX-License-Identifier: Apache-2.0
package chat.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.protocol.Keys;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What other code may rely on, as it was written down for a version of a package: types with their
 * order (enum constants, permitted types and record components have numbers on the wire), and their
 * public and protected members.
 *
 * <p>Whoever changes it raises the package's version, by the rules of semantic versioning for OSGi
 * packages, and has the list of the new version written with {@code -Dchat.api.write=true}.
 */
@Tag("quick")
class ApiTest {
  private static final Path LISTS = Path.of("src", "test", "resources", "api");
  private static final Pattern VERSION =
      Pattern.compile("(?:\\.Version\\(\"|^\\s*<version>)([0-9.]+)", Pattern.MULTILINE);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bundles/chat.protocol chat.protocol",
        "bundles/chat.storage chat.storage",
        "bundles/chat.connection chat.connection",
        "bundles/chat.extension chat.extension",
        "bundles/chat.operations chat.operations",
        "chat-client chat.client",
        "chat-desktop-api chat.desktop.api",
      })
  void aContractChangesWithItsVersionOnly(String module) throws IOException {
    String[] words = module.split(" ");
    Path folder = Path.of("..", "..").resolve(words[0]);
    String name = words[1];
    Path list = LISTS.resolve(name + "-" + version(folder, name) + ".txt");
    String api = api(name);
    if (Boolean.getBoolean("chat.api.write")) {
      Files.createDirectories(LISTS);
      Files.writeString(list, api);
    }
    assertTrue(
        Files.exists(list), () -> list + " is missing; it is written with -Dchat.api.write=true");
    assertEquals(Files.readString(list), api, () -> name + " has changed: raise its version");
  }

  /** Of the package, or of the project where the package has none. */
  private static String version(Path folder, String name) throws IOException {
    Path info = folder.resolve("src/main/java/" + name.replace('.', '/') + "/package-info.java");
    for (Path file : List.of(info, folder.resolve("pom.xml"))) {
      Matcher version = VERSION.matcher(Files.readString(file));
      if (version.find()) {
        return version.group(1);
      }
    }
    throw new IllegalStateException(folder + " has no version");
  }

  private static String api(String name) {
    return new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(name)
            .stream()
            .filter(type -> type.getPackageName().equals(name))
            .map(JavaClass::reflect)
            .filter(ApiTest::isPublic)
            .map(ApiTest::describe)
            .sorted()
            .collect(Collectors.joining("\n"));
  }

  private static boolean isPublic(Class<?> type) {
    for (Class<?> each = type; each != null; each = each.getEnclosingClass()) {
      if (!Modifier.isPublic(each.getModifiers())) {
        return false;
      }
    }
    return !type.isAnonymousClass();
  }

  private static String describe(Class<?> type) {
    List<String> lines = new ArrayList<>();
    lines.add(type.toGenericString().replace("static ", ""));
    if (type.getGenericSuperclass() != null) {
      lines.add("  extends " + type.getGenericSuperclass().getTypeName());
    }
    for (var each : type.getGenericInterfaces()) {
      lines.add("  implements " + each.getTypeName());
    }
    if (type.isSealed()) {
      Stream.of(type.getPermittedSubclasses()).forEach(p -> lines.add("  permits " + p.getName()));
    }
    if (type.isEnum()) {
      Stream.of(type.getEnumConstants()).forEach(c -> lines.add("  constant " + c));
    }
    if (type.isRecord()) {
      for (var component : type.getRecordComponents()) {
        Keys keys = component.getAnnotation(Keys.class);
        lines.add(
            "  component "
                + component.getGenericType().getTypeName()
                + " "
                + component.getName()
                + (keys == null ? "" : " " + Arrays.toString(keys.value())));
      }
    }
    Stream<Member> members =
        Stream.of(
                Stream.<Member>of(type.getDeclaredFields()),
                Stream.<Member>of(type.getDeclaredConstructors()),
                Stream.<Member>of(type.getDeclaredMethods()))
            .flatMap(all -> all);
    members
        .filter(member -> !member.isSynthetic() && !isImplied(type, member))
        .filter(m -> Modifier.isPublic(m.getModifiers()) || Modifier.isProtected(m.getModifiers()))
        .map(ApiTest::describe)
        .sorted()
        .forEach(lines::add);
    return String.join("\n", lines) + "\n";
  }

  /** Whether every record, enum or object has it. */
  private static boolean isImplied(Class<?> type, Member member) {
    return Set.of("equals", "hashCode", "toString").contains(member.getName())
        || type.isEnum() && !member.getName().matches("\\p{Lower}.*")
        || type.isEnum() && Set.of("values", "valueOf").contains(member.getName())
        || type.isRecord()
            && member instanceof Method
            && Stream.of(type.getRecordComponents())
                .anyMatch(component -> component.getAccessor().equals(member));
  }

  private static String describe(Member member) {
    return "  "
        + switch (member) {
          case Executable executable -> executable.toGenericString();
          case Field field -> field.toGenericString();
          default -> member.toString();
        };
  }
}
