// SPDX-License-Identifier: Apache-2.0
package chat.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InvitationTest {
  private static final String KEY = "ab".repeat(32);
  private static final String CODE = "0f".repeat(16);

  @ParameterizedTest
  @ValueSource(strings = {"chat.example.org", "192.0.2.7", "2001:db8::7"})
  void whatIsWrittenIsRead(String host) {
    for (String key : new String[] {"", KEY}) {
      Invitation invitation = new Invitation(host, 7700, key, CODE);
      assertEquals(Optional.of(invitation), Invitation.parse(invitation.toString()));
    }
  }

  @Test
  void theLinkHasASettledForm() {
    assertEquals(
        "chatroom://[2001:db8::7]:7700/" + CODE + "?key=" + KEY,
        new Invitation("2001:db8::7", 7700, KEY, CODE).toString());
  }

  @Test
  void whatMailProgramsDoToItDoesNotMatter() {
    assertEquals(
        Optional.of(new Invitation("chat.example.org", 7700, KEY, CODE)),
        Invitation.parse(" CHATROOM://chat.example.org:7700/" + CODE + "?key=" + KEY + "\n"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "chat.example.org:7700",
        "http://chat.example.org:7700/0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f",
        "chatroom://chat.example.org/0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f",
        "chatroom://chat.example.org:70000/0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f",
        "chatroom://chat.example.org:0/0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f",
        "chatroom://user@chat.example.org:7700/0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f",
        "chatroom://chat.example.org:7700/short",
        "chatroom://chat.example.org:7700/0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f?key=ab",
        "chatroom://:7700/0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f"
      })
  void whatIsNoLinkIsRefused(String text) {
    assertEquals(Optional.empty(), Invitation.parse(text));
  }

  @Test
  void aCodeIsSixteenBytes() {
    byte[] random = new byte[16];
    Arrays.fill(random, (byte) 15);
    assertEquals(CODE, Invitation.code(random));
    assertThrows(IllegalArgumentException.class, () -> Invitation.code(new byte[15]));
  }
}
