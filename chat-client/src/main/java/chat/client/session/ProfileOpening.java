// SPDX-License-Identifier: Apache-2.0
package chat.client.session;

import chat.client.ClientConfig;
import chat.client.profile.Profile;
import chat.client.transport.Trust;
import java.io.IOException;

/** Opens a profile for a server: whose token is in it, and which key that server must show. */
final class ProfileOpening {
  private ProfileOpening() {}

  static Profile open(ClientConfig config) throws IOException {
    Profile profile = Profile.open(config.folder());
    try {
      profile.adoptToken(config.host(), config.port());
      pinGiven(config, profile);
      return profile;
    } catch (RuntimeException e) {
      profile.close();
      throw e;
    }
  }

  /** The newest word counts: a key given for the first time, or one trusted after that. */
  private static void pinGiven(ClientConfig config, Profile profile) {
    if (!config.fingerprint().isEmpty()) {
      String given = Trust.normal(config.fingerprint());
      if (!given.equals(profile.setting(Profile.GIVEN))) {
        profile.set(Profile.GIVEN, given, Profile.PINNED, given);
      }
    }
  }
}
