// SPDX-License-Identifier: Apache-2.0
package chat.system;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.prove.server.Program;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which module and package may depend on which. */
@Tag("quick")
class ArchitectureTest {
  private static final JavaClasses PROJECT =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .withImportOption(location -> !location.contains("-tests.jar"))
          .importPackages("chat");

  /** Each bundle and the packages of this project that it may use besides its own. */
  private static final String ROWS =
      """
      chat.protocol, -
      chat.protocol.cbor.., chat.protocol
      chat.protocol.classic.., chat.protocol
      chat.protocol.tck.., chat.protocol
      chat.storage, -
      chat.storage.support, chat.storage
      chat.storage.sqlite.., chat.storage chat.storage.support
      chat.storage.postgresql.., chat.storage chat.storage.support
      chat.storage.memory.., chat.storage chat.storage.support
      chat.storage.tck.., chat.storage
      chat.storage.plain.., chat.storage
      chat.connection, -
      chat.connection.netty.., chat.connection
      chat.operations, -
      chat.extension, -
      chat.bots, chat.extension chat.operations chat.connection chat.protocol chat.client chat.client.session
      chat.server.., chat.protocol chat.storage chat.connection chat.operations chat.extension
      chat.admin, chat.operations chat.admin.command chat.admin.audit chat.admin.account chat.admin.release
      chat.admin.account, chat.operations chat.admin.command
      chat.admin.audit, chat.operations chat.admin.command
      chat.admin.release, chat.operations
      chat.admin.command, chat.operations
      chat.admin.client, -
      chat.admin.cli, chat.admin.client chat.cli.base
      chat.client, chat.protocol
      chat.client.text, chat.protocol
      chat.client.disk, java
      chat.client.profile, chat.protocol chat.client chat.client.disk
      chat.client.transport, chat.protocol chat.client
      chat.client.transfer, chat.protocol chat.client chat.client.transport
      chat.client.session, chat.protocol chat.protocol.cbor chat.client chat.client.profile chat.client.transport chat.client.transfer
      chat.export.., chat.protocol chat.client chat.client.disk chat.client.text
      chat.cli.base.., -
      chat.cli.command.., chat.cli.base chat.protocol chat.client chat.client.text chat.export
      chat.cli, chat.cli.base chat.cli.command chat.protocol chat.client chat.client.session chat.client.text chat.export
      chat.desktop.api, -
      chat.example.., chat.desktop.api chat.extension
      chat.desktop.., chat.cli.base chat.protocol chat.client chat.client.disk chat.client.session chat.client.text chat.export
      chat.launcher.., chat.cli.base
      chat.prove.., chat.admin.client chat.cli.base chat.protocol chat.protocol.cbor
      chat.seed.., chat.admin.client chat.cli.base
      chat.bench.., chat.protocol chat.protocol.cbor
      """;

  @ParameterizedTest
  @CsvSource(nullValues = "-", textBlock = ROWS)
  void arrowsPointOneWay(String bundle, String others) {
    assertUsesOnly(bundle, others == null ? List.of() : List.of(others.split(" ")));
  }

  private static void assertUsesOnly(String bundle, List<String> others) {
    List<String> outside = new ArrayList<>(List.of("chat.."));
    List<String> allowed = new ArrayList<>(List.of(bundle));
    allowed.addAll(others);
    assertTrue(
        PROJECT.that(resideInAPackage(bundle)).iterator().hasNext(),
        () -> bundle + " has no classes");
    noClasses()
        .that()
        .resideInAPackage(bundle)
        .should()
        .dependOnClassesThat(
            resideInAnyPackage(outside.toArray(String[]::new))
                .and(not(resideInAnyPackage(allowed.toArray(String[]::new)))))
        .check(PROJECT);
  }

  @Test
  void everyPackageBelongsToARow() {
    String[] modules =
        ROWS.lines().map(row -> row.replaceFirst(",.*", "").strip()).toArray(String[]::new);
    classes().should().resideInAnyPackage(modules).check(PROJECT);
  }

  @Test
  void noPackagesFormACycle() {
    SlicesRuleDefinition.slices()
        .assignedFrom(new Packages())
        .should()
        .beFreeOfCycles()
        .check(PROJECT);
  }

  private static final class Packages implements SliceAssignment {
    @Override
    public SliceIdentifier getIdentifierOf(JavaClass type) {
      return SliceIdentifier.of(type.getPackageName());
    }

    @Override
    public String getDescription() {
      return "packages";
    }
  }

  @Test
  void aPackageHoldsAtMost25Types() throws IOException {
    Map<String, Integer> types = new TreeMap<>();
    for (JavaClass type : PROJECT) {
      if (type.isTopLevelClass() && !type.getSimpleName().equals("package-info")) {
        types.merge(type.getPackageName(), 1, Integer::sum);
      }
    }
    types.values().removeIf(count -> count <= 25);
    Frozen.check("packages-over-25-types", types.keySet());
  }

  @Test
  void theContractsNeedTheJdkOnly() {
    classes()
        .that()
        .resideInAnyPackage(
            "chat.protocol", "chat.storage", "chat.connection", "chat.operations", "chat.extension")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "java..",
            "chat.protocol",
            "chat.storage",
            "chat.connection",
            "chat.operations",
            "chat.extension",
            "org.jspecify.annotations",
            "org.osgi.annotation..")
        .check(PROJECT);
  }

  @Test
  void theDesktopsModelKnowsNoWindows() {
    noClasses()
        .that()
        .resideInAPackage("chat.desktop.model..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.eclipse.swt..", "org.eclipse.jface..")
        .check(PROJECT);
  }

  @Test
  void onlyContractsExportPackages() throws IOException {
    Map<String, String> exports = new TreeMap<>();
    for (Path jar : ours()) {
      try (JarFile file = new JarFile(jar.toFile())) {
        String exported = file.getManifest().getMainAttributes().getValue("Export-Package");
        if (exported != null) {
          exports.put(
              file.getManifest().getMainAttributes().getValue("Bundle-SymbolicName"),
              exported.replaceFirst(";.*", ""));
        }
      }
    }
    assertEquals(
        Map.of(
            "chat.protocol", "chat.protocol",
            "chat.storage", "chat.storage",
            "chat.connection", "chat.connection",
            "chat.operations", "chat.operations",
            "chat.extension", "chat.extension"),
        exports);
  }

  /** An update of anything but its contract must not restart what owns the sockets. */
  @Test
  void theSocketsAreWiredToTheirContractNettyLoggingAndTheFrameworkOnly() throws IOException {
    TreeSet<String> imports = new TreeSet<>();
    for (Path jar : ours()) {
      try (JarFile file = new JarFile(jar.toFile())) {
        var manifest = file.getManifest().getMainAttributes();
        if ("chat.connection.netty".equals(manifest.getValue("Bundle-SymbolicName"))) {
          for (String clause : manifest.getValue("Import-Package").split(",(?=[a-z])")) {
            imports.add(clause.replaceFirst(";.*", ""));
          }
        }
      }
    }
    assertTrue(imports.contains("chat.connection"), imports.toString());
    imports.removeIf(name ->
        name.equals("chat.connection")
            || name.startsWith("io.netty.")
            || name.startsWith("org.osgi.framework")
            || name.startsWith("javax.net.ssl")
            || name.equals("org.slf4j"));
    assertEquals(new TreeSet<>(), imports);
  }

  private static List<Path> ours() throws IOException {
    try (Stream<Path> files = Files.walk(Program.own().system())) {
      List<Path> ours =
          files.filter(file -> file.getFileName().toString().startsWith("chat.")).toList();
      assertTrue(ours.size() >= 10, ours.toString());
      return ours;
    }
  }
}
