// SPDX-License-Identifier: Apache-2.0
package chat.desktop.model.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import chat.protocol.Person;
import org.junit.jupiter.api.Test;

class PersonLookTest {
  @Test
  void theAccountsNameStandsBesideWhatIsShownInsteadOfIt() {
    assertEquals("@anna", PersonLook.handle(new Person(2, "anna", "Anna Schmidt", 0)));
    assertEquals("", PersonLook.handle(new Person(2, "anna")));
  }
}
