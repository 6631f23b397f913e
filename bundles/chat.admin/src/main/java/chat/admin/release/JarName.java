// SPDX-License-Identifier: Apache-2.0
package chat.admin.release;

import chat.operations.OperationException;
import chat.operations.OperationException.Reason;
import java.io.IOException;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import org.osgi.framework.Constants;

/**
 * What a jar says it is.
 *
 * @param exports whether other bundles may be wired to its packages
 * @param standsBy whether it makes itself ready beside the build that is at work
 * @param extending whether it uses the extension contract
 */
public record JarName(
    String symbolicName, String version, boolean exports, boolean standsBy, boolean extending) {
  private static final String EXTENSION = "chat.extension";
  private static final String STANDBY = "Chat-Standby";

  /**
   * @throws OperationException if the file is not there, no jar, or no bundle
   */
  public static JarName of(Path jar) throws OperationException {
    try (JarFile file = new JarFile(jar.toFile())) {
      Manifest manifest = file.getManifest();
      Attributes main = manifest == null ? new Attributes() : manifest.getMainAttributes();
      String name = main.getValue(Constants.BUNDLE_SYMBOLICNAME);
      if (name == null) {
        throw new OperationException(
            Reason.INVALID_ARGUMENT, jar + " is no bundle: it has no Bundle-SymbolicName");
      }
      String version = main.getValue(Constants.BUNDLE_VERSION);
      return new JarName(
          name.replaceFirst(";.*", ""),
          version == null ? "0" : version,
          main.getValue(Constants.EXPORT_PACKAGE) != null,
          Boolean.parseBoolean(main.getValue(STANDBY)),
          String.valueOf(main.getValue(Constants.IMPORT_PACKAGE)).contains(EXTENSION));
    } catch (IOException e) {
      throw new OperationException(
          Reason.INVALID_ARGUMENT, jar + " can't be read: " + e.getMessage(), e);
    }
  }
}
