// SPDX-License-Identifier: Apache-2.0
package chat.client;

import java.io.IOException;
import java.nio.file.Path;

/** Another client uses the profile. */
public final class ProfileInUseException extends IOException {
  private static final long serialVersionUID = 1;

  public ProfileInUseException(Path folder) {
    super("another client uses the profile " + folder + "; close it or choose another profile");
  }
}
