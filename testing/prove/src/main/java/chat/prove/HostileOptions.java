// SPDX-License-Identifier: Apache-2.0
package chat.prove;

import chat.cli.base.Bounds;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Who attacks the server meanwhile. */
@Command(optionListHeading = "Attacks, none if none is given")
final class HostileOptions {
  private static final String NAME = "--hostile";
  private static final String ALL = "all";

  @Option(
      names = NAME,
      paramLabel = "NAME",
      converter = Names.Converter.class,
      description = {
        "Attack a server of its own, with the limits that it has by default, from this machine,"
            + " while ten people chat: what they notice is measured. Several names are separated by"
            + " commas, none or all is all of them:",
        "long-names        log-in names as long as they may be",
        "tls-hellos        the same hello again and again",
        "dhe-hellos        a hello that asks for a group of 8192 bits",
        "half-open         sockets that never end their handshake",
        "password-flood    wrong passwords on 215 connections",
        "lock-out          guesses at one name, from many addresses",
        "enumeration       which names there are",
        "classic-silent    sockets that fill the port of original clients",
        "at-signs          texts of nothing but mentions",
        "unread-answers    questions whose answers are never read",
        "silent-readers    300 devices that never read what is said",
        "forwards          a file of 50 MB, again and again",
        "searches          searches for what costs most",
        "deletion-guesses  the password of somebody who is logged in",
        "lists             people and rooms without a pace",
        "largest           every command with the largest arguments"
      })
  private Names attacks = new Names(List.of(), Optional.empty());

  @Option(
      names = "--attack-seconds",
      paramLabel = "N",
      defaultValue = "12",
      description = "How long each attack goes on, at most 600. Default: 12.")
  @Bounds(min = 1, max = 600)
  private int seconds;

  /** The option alone means all attacks. */
  static void complete(List<String> line) {
    for (int i = 0; i < line.size(); i++) {
      boolean isAlone = i + 1 == line.size() || line.get(i + 1).startsWith("-");
      if (line.get(i).equals(NAME) && isAlone) {
        line.set(i, NAME + "=" + ALL);
      }
    }
  }

  /** The names of the attacks that are wanted; empty if there are to be none. */
  List<String> attacks() {
    return attacks.names;
  }

  /** Who attacks; empty if nobody does. */
  Optional<Attackers> attackers() {
    return attacks.attackers;
  }

  Duration each() {
    return Duration.ofSeconds(seconds);
  }

  /** What {@code --hostile} names. */
  record Names(List<String> names, Optional<Attackers> attackers) {
    /** Reads words with commas between them. */
    static final class Converter implements ITypeConverter<Names> {
      @Override
      public Names convert(String value) {
        Attackers attackers = Attackers.ofProgram();
        List<String> known = attackers.names();
        if (value.equals(ALL)) {
          return new Names(known, Optional.of(attackers));
        }
        List<String> names = List.of(value.split(",", -1));
        for (String name : names) {
          if (!known.contains(name)) {
            throw new TypeConversionException(
                "is all or some of " + String.join(", ", known) + ", not " + name);
          }
        }
        return new Names(names, Optional.of(attackers));
      }
    }
  }
}
