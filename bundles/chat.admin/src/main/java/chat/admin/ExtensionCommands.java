// SPDX-License-Identifier: Apache-2.0
package chat.admin;

import chat.admin.audit.Audit;
import chat.admin.command.Command;
import chat.admin.command.Fields;
import chat.admin.release.JarName;
import chat.admin.release.ReleaseCheck;
import chat.operations.OperationException;
import chat.operations.OperationException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.startlevel.BundleStartLevel;

/** Commands that add extensions to the running server, and take them away. */
record ExtensionCommands(
    Extensions extensions,
    ProgramHealth health,
    ReleaseCheck check,
    Swap swap,
    Audit audit,
    Exclusion exclusion) {
  private static final String NAME = "[A-Za-z0-9][A-Za-z0-9._-]{0,99}";

  List<Command> all() {
    return List.of(
        Command.of(
            "extension list",
            "List the extensions that were added to the server.",
            "extensions: a list of name, version, state and offers (MessageHook, Bot)",
            _ -> list()),
        Command.of(
                "extension install",
                "Add an extension, or put another build in the place of one.",
                "name, version, before if it took the place of another build, and sha256",
                arguments -> exclusion.run(() -> install(Path.of(arguments.first()))))
            .parameter("JAR", Command.Count.ONE),
        Command.of(
                "extension remove",
                "Take an extension away.",
                "removed: its name",
                arguments -> exclusion.run(() -> remove(arguments.first())))
            .parameter("NAME", Command.Count.ONE));
  }

  private Map<String, Object> list() {
    return Map.of(
        "extensions",
        extensions.all().stream()
            .map(bundle ->
                Fields.of("name", bundle.getSymbolicName())
                    .with("version", bundle.getVersion())
                    .with("state", StatusCommands.state(bundle))
                    .with("offers", offers(bundle))
                    .map())
            .toList());
  }

  private static List<String> offers(Bundle bundle) {
    ProvidedServices services = ProvidedServices.of(bundle);
    return Stream.of(Extensions.HOOK, Extensions.BOT)
        .filter(services::has)
        .map(kind -> kind.replaceFirst(".*\\.", ""))
        .toList();
  }

  /** Another build of one that is there takes its place as a swap does. */
  private Map<String, Object> install(Path jar) throws OperationException, IOException {
    JarName name = JarName.of(jar);
    if (!name.extending() || name.exports() || !name.symbolicName().matches(NAME)) {
      throw new OperationException(
          Reason.INVALID_ARGUMENT,
          jar + " is no extension: those use the packages of chat.extension and export none");
    }
    for (Bundle each : extensions.all()) {
      if (isCalled(each, name)) {
        String before = each.getVersion().toString();
        Map<String, Object> swapped = swap.with(jar, false);
        return Fields.of("name", name.symbolicName())
            .with("version", name.version())
            .with("before", before)
            .with("sha256", String.valueOf(swapped.get("sha256")))
            .map();
      }
    }
    if (Stream.of(extensions.bundles().getBundles()).anyMatch(each -> isCalled(each, name))) {
      throw new OperationException(
          Reason.CONFLICT, name.symbolicName() + " is the name of a part of the program");
    }
    String digest = begin(jar, name);
    audit.done("extension install", describe(name) + ", sha256 " + digest);
    return Fields.of("name", name.symbolicName())
        .with("version", name.version())
        .with("sha256", digest)
        .map();
  }

  private static boolean isCalled(Bundle bundle, JarName name) {
    return name.symbolicName().equals(bundle.getSymbolicName());
  }

  private static String describe(JarName name) {
    return name.symbolicName() + " " + name.version();
  }

  private String begin(Path jar, JarName name) throws OperationException, IOException {
    Files.createDirectories(extensions.folder());
    Path place = extensions.folder().resolve(name.symbolicName() + ".jar");
    Path incoming = place.resolveSibling("." + place.getFileName());
    try {
      Files.copy(jar, incoming, StandardCopyOption.REPLACE_EXISTING);
      String digest = check.check(jar, incoming);
      begin(incoming, "file:" + place);
      Files.move(incoming, place, StandardCopyOption.ATOMIC_MOVE);
      return digest;
    } catch (BundleException | OperationException | IOException | RuntimeException e) {
      Files.deleteIfExists(incoming);
      audit.record("extension refused", describe(name) + ": " + e.getMessage());
      throw new OperationException(
          Reason.FAILED, describe(name) + " was not installed: " + e.getMessage(), e);
    }
  }

  private void begin(Path incoming, String location)
      throws BundleException, OperationException, IOException {
    try (InputStream in = Files.newInputStream(incoming)) {
      Bundle fresh = extensions.bundles().installBundle(location, in);
      try {
        fresh.adapt(BundleStartLevel.class).setStartLevel(Extensions.LEVEL);
        fresh.start();
        health.await(() -> {
          health.failures().check(fresh);
          return !offers(fresh).isEmpty();
        });
      } catch (BundleException | OperationException | RuntimeException e) {
        fresh.uninstall();
        throw e;
      }
    }
  }

  private Map<String, Object> remove(String name) throws OperationException, IOException {
    for (Bundle bundle : extensions.all()) {
      if (bundle.getSymbolicName().equals(name)) {
        try {
          bundle.uninstall();
        } catch (BundleException e) {
          throw new OperationException(Reason.FAILED, name + ": " + e.getMessage(), e);
        }
        Files.deleteIfExists(extensions.folder().resolve(name + ".jar"));
        audit.done("extension remove", name + " " + bundle.getVersion());
        return Map.of("removed", name);
      }
    }
    throw new OperationException(Reason.NOT_FOUND, "there is no extension " + name);
  }
}
