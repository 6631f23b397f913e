// SPDX-License-Identifier: Apache-2.0
package chat.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.admin.client.AdminAnswer;
import chat.admin.client.AnswerText;
import chat.prove.client.Load;
import chat.prove.history.History;
import chat.prove.server.Builds;
import chat.prove.server.ServerProcess;
import chat.system.FaultySource.Edit;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.osgi.framework.Constants;

/** A new part that does not work, in whatever way, changes nothing: the old one goes on. */
@Timeout(300)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HarmlessSwapTest {
  private static final String STORE = "chat.storage.sqlite";
  private static final String FULL =
      thrown("chat.storage.StorageException.Unavailable", "no space left on device");

  private Path folder;
  private ServerProcess server;
  private int count;

  @BeforeAll
  void start(@TempDir Path temporary) throws IOException {
    folder = temporary;
    server = ServerProcess.on(folder.resolve("data"), ServerProcess.Store.SQLITE).start();
  }

  @AfterAll
  void stop() throws InterruptedException {
    server.close();
  }

  /** What is wrong with a build, and what the operator has to read. */
  static List<Arguments> wrong() {
    return List.of(
        wrong(
            "is of a newer data version",
            STORE,
            "the old chat.storage.sqlite goes on",
            Edit.before(
                FaultPoint.STORE_DATA_VERSION,
                thrown("chat.storage.StorageException.Unusable", "data version 99"))),
        wrong(
            "can't open the disk",
            STORE,
            "no space left on device",
            Edit.before(FaultPoint.STORE_OPEN, FULL)),
        wrong(
            "finds the disk full when it takes over",
            STORE,
            "no space left on device",
            Edit.before(FaultPoint.STORE_ACTIVATE, FULL)),
        wrong(
            "offers a store of another name",
            STORE,
            "",
            Edit.within(FaultPoint.STORE_NAME, "config.name()", "\"other\"")),
        wrong(
            "throws when it starts",
            "chat.server",
            "the old chat.server goes on",
            Edit.before(FaultPoint.SERVER_START, thrown("IllegalStateException", "no"))),
        wrong(
            "fails when it reads the store",
            "chat.server",
            "this one can't",
            Edit.before(
                FaultPoint.SERVER_LOAD, thrown("chat.storage.StorageException", "this one can't"))),
        wrong(
            "fails when the old one has left",
            "chat.server",
            "not this time",
            Edit.before(
                FaultPoint.SERVER_TURN, thrown("chat.storage.StorageException", "not this time"))),
        wrong(
            "does not start",
            "chat.connection.netty",
            "the old chat.connection.netty goes on",
            Edit.before(
                FaultPoint.LISTENER_START, thrown("java.io.IOException", "no sockets today"))));
  }

  /** A throw that the compiler does not take for the end of the block. */
  private static String thrown(String exception, String message) {
    return "if (true) { throw new " + exception + "(\"" + message + "\"); }";
  }

  private static Arguments wrong(String how, String part, String told, Edit edit) {
    return Arguments.of(part + " " + how, part, told, edit);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("wrong")
  void theOldOneGoesOnAndTheOperatorReadsWhy(String how, String part, String told, Edit edit)
      throws IOException, InterruptedException {
    Path build = FaultyBuild.of(part, Files.createDirectories(folder.resolve("b" + count)), edit);
    goesOn(told, "swap", build.toString());
    if (part.equals(STORE) && !told.isEmpty()) {
      goesOn(told, "swap", "--in-place", build.toString());
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("parts")
  void aBuildWithoutItsClassesIsRefused(String part) throws IOException, InterruptedException {
    goesOn("the old " + part + " goes on", "swap", Builds.broken(part, folder).toString());
  }

  static Stream<String> parts() {
    return Stream.of(
        "chat.storage.sqlite", "chat.protocol.cbor", "chat.server", "chat.connection.netty");
  }

  @Test
  void aBuildThatNeedsANewerContractIsRefused() throws IOException, InterruptedException {
    for (String part : List.of(STORE, "chat.protocol.cbor")) {
      String contract = part.equals(STORE) ? "chat.storage" : "chat.protocol";
      Path build = Builds.newer(part, folder);
      Path wrong = folder.resolve("newer-contract-" + build.getFileName());
      rewrite(
          build,
          wrong,
          manifest ->
              manifest.replaceFirst("(" + contract + ";version=)\"[^\"]*\"", "$1\"[99.0,100)\""));
      goesOn("the old " + part + " goes on", "swap", wrong.toString());
    }
  }

  /** Gives a jar another list of imports. */
  private static void rewrite(Path from, Path to, UnaryOperator<String> imports)
      throws IOException {
    try (JarFile jar = new JarFile(from.toFile())) {
      Manifest manifest = jar.getManifest();
      Attributes main = manifest.getMainAttributes();
      String before = main.getValue(Constants.IMPORT_PACKAGE);
      String after = imports.apply(before);
      assertNotEquals(before, after);
      main.putValue(Constants.IMPORT_PACKAGE, after);
      try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(to), manifest)) {
        for (JarEntry entry : jar.stream().toList()) {
          if (!entry.isDirectory() && !entry.getName().equals(JarFile.MANIFEST_NAME)) {
            out.putNextEntry(new ZipEntry(entry.getName()));
            jar.getInputStream(entry).transferTo(out);
          }
        }
      }
    }
  }

  @Test
  void aBuildForWhichThereIsNoConfigurationIsRefused() throws IOException, InterruptedException {
    String component = "OSGI-INF/chat.storage.sqlite.SqliteStorage.xml";
    byte[] other;
    try (JarFile jar = new JarFile(Builds.newer(STORE, folder).toFile())) {
      String xml =
          new String(
              jar.getInputStream(jar.getEntry(component)).readAllBytes(), StandardCharsets.UTF_8);
      String changed =
          xml.replace("configuration-pid=\"" + STORE, "configuration-pid=\"chat.other");
      assertNotEquals(xml, changed);
      other = changed.getBytes(StandardCharsets.UTF_8);
    }
    Path build = Builds.changed(STORE, folder, Map.of(component, other));
    goesOn("the old " + STORE + " goes on", "swap", build.toString());
    goesOn("the old " + STORE + " goes on", "swap", "--in-place", build.toString());
  }

  @Test
  void whatIsNoPartIsRefused() throws IOException, InterruptedException {
    Path nonsense = Files.writeString(folder.resolve("nonsense.jar"), "this is no jar");
    goesOn("can't be read", "swap", nonsense.toString());
    goesOn("can't be read", "swap", folder.resolve("missing.jar").toString());
    goesOn("usage", "swap");
    goesOn("a contract", "swap", Builds.newer("chat.storage", folder).toString());
    goesOn("holds no release", "upgrade", folder.toString());
    goesOn("usage", "upgrade");
  }

  @ParameterizedTest(name = "contracts are others: {0}")
  @ValueSource(booleans = {true, false})
  void aReleaseWithABrokenPartIsRefusedAsAWhole(boolean otherContracts)
      throws IOException, InterruptedException {
    Path release =
        otherContracts ? Builds.release(folder) : Builds.releaseOfTheSameContracts(folder);
    Path broken = Builds.broken("chat.connection.netty", folder);
    Files.copy(
        broken,
        release.resolve("14/chat.connection.netty.jar"),
        java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    String before = versions();

    goesOn("the old release goes on", "upgrade", release.toString());

    assertEquals(before, versions());
  }

  @Test
  void whereReleasesAreSignedWhatNobodySignedIsRefused() throws Exception {
    KeyPair maker = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    Path keys = server.data().resolve("conf/release.pub");
    Path offered = Files.createDirectories(folder.resolve("signed"));
    Path build = Builds.newer("chat.protocol.cbor", offered);
    Files.writeString(keys, pem(maker.getPublic()));
    try {
      goesOn("asks for a signed one", "swap", build.toString());
      Path list = offered.resolve("SHA256SUMS");
      Files.writeString(list, digest(build) + "  " + build.getFileName() + "\n");
      goesOn("is not signed", "swap", build.toString());
      Files.writeString(offered.resolve("SHA256SUMS.sig"), signature(maker, list));
      AdminAnswer answer = server.ask("swap", build.toString());
      assertTrue(answer.isDone(), answer.raw());
    } finally {
      Files.delete(keys);
    }
  }

  private static String pem(PublicKey key) {
    return "-----BEGIN PUBLIC KEY-----\n%s\n-----END PUBLIC KEY-----\n"
        .formatted(Base64.getEncoder().encodeToString(key.getEncoded()));
  }

  private static String digest(Path file) throws Exception {
    return HexFormat.of()
        .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
  }

  private static String signature(KeyPair maker, Path file) throws Exception {
    Signature signature = Signature.getInstance("Ed25519");
    signature.initSign(maker.getPrivate());
    signature.update(Files.readAllBytes(file));
    return Base64.getEncoder().encodeToString(signature.sign());
  }

  /** The parts and their versions. */
  private String versions() throws IOException {
    return server.admin().status().parts().stream()
        .map(part -> part.name() + " " + part.version() + " " + part.state())
        .sorted()
        .toList()
        .toString();
  }

  /** Under load the word is refused, nobody is cut off, and nothing is lost. */
  private void goesOn(String told, String... words) throws IOException, InterruptedException {
    List<String> files = programFiles();
    History history;
    try (Load load = new Load(server, "writer" + ++count + "-", 3, 100)) {
      awaitMore(load, 20);
      AdminAnswer answer = server.ask(words);
      assertTrue(!answer.isDone() && AnswerText.of(answer).contains(told), answer.raw());
      awaitMore(load, 20);
      history = load.settle();
      assertEquals(0, load.losses(), "connections broke");
    }
    assertEquals(List.of(), history.violations());
    assertEquals("ready", server.admin().health());
    assertEquals(files, programFiles(), "something was left behind");
  }

  private List<String> programFiles() throws IOException {
    List<String> names = new ArrayList<>();
    try (Stream<Path> files = Files.walk(folder.resolve("data-program"))) {
      files.filter(Files::isRegularFile).map(Path::toString).sorted().forEach(names::add);
    }
    return names;
  }

  private static void awaitMore(Load load, int acknowledgements) {
    int goal = load.acknowledged() + acknowledgements;
    while (load.acknowledged() < goal) {
      try {
        Thread.sleep(10);
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
  }
}
