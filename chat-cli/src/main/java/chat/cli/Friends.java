// SPDX-License-Identifier: Apache-2.0
package chat.cli;

import chat.cli.base.CliException;
import chat.cli.command.CliCommand;
import chat.client.ClientEvent;
import chat.client.text.Json;
import chat.client.text.TerminalSanitizer;
import chat.protocol.Command;
import chat.protocol.Contact;
import chat.protocol.ContactAction;
import chat.protocol.Person;
import java.io.PrintStream;

/** {@code friend}: how it stands with others. */
record Friends(CliSession session, CliCommand.OfFriends order, PrintStream out) {

  void run() throws CliException, InterruptedException {
    ClientEvent.Entered entered = session.enter();
    session.listenNoMore();
    switch (order) {
      case CliCommand.Friends(boolean json) ->
          entered
              .contacts()
              .forEach(contact -> out.println(json ? Json.contact(contact) : line(contact)));
      case CliCommand.UpdateContact(String person, ContactAction action) -> {
        long account = CliSession.get(session.client().who(person)).person().account();
        CliSession.get(session.client().set(new Command.UpdateContact(account, action)));
      }
    }
  }

  /** Somebody, by the name that is typed and the one that is shown. */
  static String line(Person person) {
    return TerminalSanitizer.line(person.name())
        + (person.display().isEmpty() ? "" : " (" + TerminalSanitizer.line(person.display()) + ")");
  }

  private static String line(Contact contact) {
    return line(contact.person())
        + switch (contact.relation()) {
          case NONE -> "";
          case OUTGOING -> " [asked]";
          case INCOMING -> " [asks you]";
          case FRIEND -> " [friend]";
        }
        + (contact.blocked() ? " [blocked]" : "");
  }
}
