// SPDX-License-Identifier: Apache-2.0
package chat.cli.command;

import chat.protocol.ContactAction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code friend}. */
@Command(name = "friend", description = "Friends, requests and blocked people.")
final class FriendCommands {
  /** The person who is meant. */
  static final class Someone {
    @Parameters(
        paramLabel = "PERSON",
        converter = PersonName.class,
        description = "The name of the person.")
    private String person = "";

    @Mixin private final ConnectionOptions connection = new ConnectionOptions();

    private CliCall to(ContactAction action) {
      return new CliCall(connection, new CliCommand.UpdateContact(person, action));
    }
  }

  @Command(description = "List friends, open requests and blocked people.")
  CliCall list(
      @Option(names = "--json", description = Help.JSON) boolean json,
      @Mixin ConnectionOptions connection) {
    return new CliCall(connection, new CliCommand.Friends(json));
  }

  @Command(description = "Send a friend request, or accept the one that this person has sent.")
  CliCall add(@Mixin Someone someone) {
    return someone.to(ContactAction.REQUEST);
  }

  @Command(description = "Accept a friend request.")
  CliCall accept(@Mixin Someone someone) {
    return someone.to(ContactAction.ACCEPT);
  }

  @Command(description = "Decline a friend request.")
  CliCall decline(@Mixin Someone someone) {
    return someone.to(ContactAction.DECLINE);
  }

  @Command(description = "Withdraw a friend request of one's own.")
  CliCall withdraw(@Mixin Someone someone) {
    return someone.to(ContactAction.WITHDRAW);
  }

  @Command(description = "End a friendship.")
  CliCall remove(@Mixin Someone someone) {
    return someone.to(ContactAction.REMOVE);
  }

  @Command(description = "Block a person: their direct messages and requests are refused.")
  CliCall block(@Mixin Someone someone) {
    return someone.to(ContactAction.BLOCK);
  }

  @Command(description = "Unblock a person.")
  CliCall unblock(@Mixin Someone someone) {
    return someone.to(ContactAction.UNBLOCK);
  }
}
