// SPDX-License-Identifier: Apache-2.0
package chat.cli.command;

import chat.protocol.InvitationPolicy;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code profile}, and what changes it. */
@Command(
    name = "profile",
    description = "Show the profile of a person, or change one's own.",
    customSynopsis = {
      "chatroom profile [OPTIONS] [PERSON]",
      "       chatroom profile COMMAND [OPTIONS]"
    },
    footer = "A person named set or picture is shown by @set or @picture.")
final class ProfileCommand implements Callable<CliCall> {
  /** Who may invite somebody to rooms. */
  enum Inviters {
    EVERYBODY(InvitationPolicy.EVERYBODY),
    FRIENDS(InvitationPolicy.FRIENDS),
    NOBODY(InvitationPolicy.NOBODY);

    private final InvitationPolicy policy;

    Inviters(InvitationPolicy policy) {
      this.policy = policy;
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Parameters(
      arity = "0..1",
      paramLabel = "PERSON",
      converter = PersonName.class,
      description = "The name of the person. Default: this account.")
  private @Nullable String person;

  @Option(names = "--json", description = "Print a JSON object.")
  private boolean json;

  @Mixin private final ConnectionOptions connection = new ConnectionOptions();

  @Override
  public CliCall call() {
    return new CliCall(connection, new CliCommand.ShowProfile(person == null ? "" : person, json));
  }

  @Command(description = "Change one's own profile. What is not given stays as it is.")
  CliCall set(
      @Option(
              names = "--display",
              paramLabel = "TEXT",
              description = "The name that others see instead of the account's.")
          @Nullable String display,
      @Option(names = "--status", paramLabel = "TEXT", description = "A few words on right now.")
          @Nullable String status,
      @Option(names = "--about", paramLabel = "TEXT", description = "More about oneself.")
          @Nullable String about,
      @Option(
              names = "--show-seen",
              paramLabel = "on|off",
              description = "Others see when this account was last online.")
          @Nullable OnOff showSeen,
      @Option(
              names = "--show-read",
              paramLabel = "on|off",
              description = "Others see what this account has read.")
          @Nullable OnOff showRead,
      @Option(
              names = "--invitations",
              paramLabel = "everybody|friends|nobody",
              description = "Who may invite this account to rooms.")
          @Nullable Inviters invitations,
      @Mixin ConnectionOptions connection) {
    return new CliCall(
        connection,
        new CliCommand.SetProfile(
            display,
            status,
            about,
            OnOff.of(showSeen).orElse(null),
            OnOff.of(showRead).orElse(null),
            invitations == null ? null : invitations.policy));
  }

  @Command(description = "Set one's own picture: PNG, JPEG or WebP, at most 256 KiB.")
  CliCall picture(
      @Parameters(
              paramLabel = "FILE",
              converter = PictureFile.Converter.class,
              description = "The picture, or none to remove it.")
          PictureFile picture,
      @Mixin ConnectionOptions connection) {
    return new CliCall(connection, new CliCommand.SetPicture(picture.file()));
  }
}
