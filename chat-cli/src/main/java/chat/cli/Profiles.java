// SPDX-License-Identifier: Apache-2.0
package chat.cli;

import chat.cli.base.CliException;
import chat.cli.command.CliCommand;
import chat.cli.command.Exit;
import chat.client.ChatClient;
import chat.client.ClientEvent;
import chat.client.text.Json;
import chat.client.text.MessageFormatter;
import chat.client.text.TerminalSanitizer;
import chat.protocol.Command;
import chat.protocol.Limits;
import chat.protocol.Profile;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** {@code profile}: what somebody says of themselves. */
record Profiles(
    CliSession session, CliCommand.OfProfiles order, MessageFormatter lines, PrintStream out) {

  void run() throws CliException, IOException, InterruptedException {
    ClientEvent.Entered entered = session.enter();
    session.listenNoMore();
    ChatClient client = session.client();
    long self = entered.self().account();
    switch (order) {
      case CliCommand.ShowProfile(String person, boolean json) -> {
        CompletableFuture<Profile> asked = person.isEmpty() ? client.who(self) : client.who(person);
        show(CliSession.get(asked), json, self);
      }
      case CliCommand.SetProfile set -> {
        if (set.invitations() != null) {
          CliSession.get(client.set(new Command.SetInvitationPolicy(set.invitations())));
        }
        Profile now = CliSession.get(client.who(self));
        Command.SetProfile changed = changed(set, now);
        if (!changed.equals(changed(CliCommand.SetProfile.NOTHING, now))) {
          CliSession.get(client.set(changed));
        }
      }
      case CliCommand.SetPicture(Path file) -> setPicture(client, 0, file);
    }
  }

  private static Command.SetProfile changed(CliCommand.SetProfile set, Profile now) {
    return new Command.SetProfile(
        set.display() == null ? now.person().display() : set.display(),
        set.status() == null ? now.status() : set.status(),
        set.about() == null ? now.about() : set.about(),
        set.showSeen() == null ? now.showSeen() : set.showSeen(),
        set.showRead() == null ? now.showRead() : set.showRead());
  }

  /**
   * Sets a picture, or takes it away.
   *
   * @param room whose picture it is; 0 for the own one
   */
  static void setPicture(ChatClient client, long room, @Nullable Path file)
      throws CliException, IOException, InterruptedException {
    if (file != null && !Files.isReadable(file)) {
      throw new CliException(Exit.REFUSED, file + " can't be read");
    }
    if (file != null && Files.size(file) > Limits.PICTURE) {
      throw new CliException(
          Exit.REFUSED, file + " is larger than " + (Limits.PICTURE >> 10) + " KiB");
    }
    var unused =
        CliSession.get(
            client.setPicture(room, file == null ? new byte[0] : Files.readAllBytes(file)));
  }

  private void show(Profile profile, boolean json, long self) {
    if (json) {
      out.println(Json.profile(profile));
      return;
    }
    out.println("name: " + TerminalSanitizer.line(profile.person().name()));
    field("display", profile.person().display());
    field("status", profile.status());
    field("about", profile.about());
    if (profile.lastSeen() != 0) {
      field("last seen", lines.time(profile.lastSeen()));
    }
    if (profile.person().account() == self) {
      field("show seen", profile.showSeen() ? "on" : "off");
      field("show read", profile.showRead() ? "on" : "off");
      field("invitations", profile.invitations().name().toLowerCase(Locale.ROOT));
    } else {
      field(
          "relation",
          switch (profile.relation()) {
            case NONE -> "";
            case OUTGOING -> "asked";
            case INCOMING -> "asks you";
            case FRIEND -> "friend";
          });
      field("blocked", profile.blocked() ? "yes" : "");
    }
  }

  private void field(String name, String value) {
    if (!value.isEmpty()) {
      out.println(name + ": " + TerminalSanitizer.lines(value));
    }
  }
}
