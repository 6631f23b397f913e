// SPDX-License-Identifier: Apache-2.0
package chat.client;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * How to reach a server and where to keep what must survive.
 *
 * @param folder of the profile; made if missing, owner only; one client at a time uses it
 * @param host of the server
 * @param port of the server
 * @param fingerprint SHA-256 of the server's public key in lower-case hex, known from elsewhere (an
 *     invitation, the server's own terminal); empty to ask at first contact
 * @param device what this device is called in lists of sessions
 * @param language as a BCP 47 tag
 * @param messages how many of the newest entries to ask for on entering; with 0 a new process goes
 *     on where the listener of the last one was, instead of beginning with the newest entries
 * @param files how many of the newest files to ask for on entering
 * @param quiet whether others do not see it come and go, as a program that says something and is
 *     off
 */
public record ClientConfig(
    Path folder,
    String host,
    int port,
    String fingerprint,
    String device,
    String language,
    int messages,
    int files,
    boolean quiet) {

  public ClientConfig {
    // Half a pair of surrogates is nothing that can be sent.
    device = new String(device.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }

  /** Of somebody whom others see coming and going. */
  public ClientConfig(
      Path folder,
      String host,
      int port,
      String fingerprint,
      String device,
      String language,
      int messages,
      int files) {
    this(folder, host, port, fingerprint, device, language, messages, files, false);
  }

  /** The port that servers listen on by default. */
  public static final int DEFAULT_PORT = 7667;

  /** The usual choices: the last 5 messages and the last 5 files. */
  public static ClientConfig of(Path folder, String host, int port) {
    return new ClientConfig(folder, host, port, "", "", "en", 5, 5);
  }
}
