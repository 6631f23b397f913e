// SPDX-License-Identifier: Apache-2.0
package chat.admin.client;

import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * What {@code status} says.
 *
 * @param json all of it
 */
public record ServerReport(Json json) {

  /** A part of the program. */
  public record Part(String name, String version, String state, String since) {}

  /**
   * Where clients connect.
   *
   * @param fingerprint empty without TLS
   * @param warning what is wrong with it; empty if nothing is
   */
  public record Listener(String name, String address, String fingerprint, String warning) {
    /** The port it listens on. */
    public int port() {
      return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
    }
  }

  public List<Part> parts() {
    return json.objects("parts").stream()
        .map(each ->
            new Part(
                each.text("name"), each.text("version"), each.text("state"), each.text("since")))
        .toList();
  }

  /**
   * The version of a part.
   *
   * @throws NoSuchElementException if there is no such part
   */
  public String version(String part) {
    return parts().stream()
        .filter(each -> each.name().equals(part))
        .map(Part::version)
        .findFirst()
        .orElseThrow();
  }

  public List<Listener> listeners() {
    return json.objects("listeners").stream()
        .map(each ->
            new Listener(
                each.text("name"),
                each.text("address"),
                each.text("fingerprint"),
                each.text("warning")))
        .toList();
  }

  public Optional<Listener> listener(String name) {
    return listeners().stream().filter(each -> each.name().equals(name)).findFirst();
  }

  /** Entries of all rooms. */
  public long entries() {
    return json.object("server").count("entries");
  }

  /** For how long the store has taken nothing. */
  public long stalledMillis() {
    return json.object("server").object("journal").count("stalledMillis");
  }
}
