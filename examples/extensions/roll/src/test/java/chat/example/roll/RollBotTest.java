// SPDX-License-Identifier: Apache-2.0
package chat.example.roll;

import static org.junit.jupiter.api.Assertions.assertEquals;

import chat.extension.Conversation;
import chat.extension.HeardText;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RollBotTest {
  private final List<String> said = new ArrayList<>();

  private List<String> hears(String text) {
    said.clear();
    new RollBot(sides -> sides - 1)
        .heard(
            new HeardText(7, 3, 2, "anna", 0, text),
            new Conversation() {
              @Override
              public void say(long room, String answer) {
                throw new AssertionError("not as a reply: " + answer);
              }

              @Override
              public void reply(HeardText to, String answer) {
                said.add(to.room() + "/" + to.number() + " " + answer);
              }
            });
    return said;
  }

  @Test
  void diceAreRolled() {
    assertEquals(List.of("7/3 🎲 6"), hears("/roll"));
    assertEquals(List.of("7/3 🎲 20"), hears("/ROLL 20"));
    assertEquals(List.of("7/3 🎲 6 + 6 + 6 = 18"), hears("/roll 3d6 "));
    assertEquals(List.of("7/3 Nothing rolls."), hears("/roll 0d6"));
  }

  @Test
  void otherTextsAreNotAnswered() {
    for (String text :
        List.of("hello", "/rolling", "roll", "/roll 3d", "/roll 100d6", "/roll -1")) {
      assertEquals(List.of(), hears(text), text);
    }
  }
}
