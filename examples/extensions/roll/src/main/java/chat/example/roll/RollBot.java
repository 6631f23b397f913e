// SPDX-License-Identifier: Apache-2.0
package chat.example.roll;

import chat.extension.Bot;
import chat.extension.Conversation;
import chat.extension.HeardText;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.function.IntUnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.osgi.service.component.annotations.Component;

/** Rolls dice: {@code /roll}, {@code /roll 20}, {@code /roll 3d6}. */
@Component(property = Bot.NAME + "=dice")
public final class RollBot implements Bot {
  private static final Pattern ROLL =
      Pattern.compile("/roll(?:\\s+(?:(\\d{1,2})d)?(\\d{1,4}))?\\s*", Pattern.CASE_INSENSITIVE);
  private static final int SIDES = 6;

  private final IntUnaryOperator die;

  public RollBot() {
    this(new SecureRandom()::nextInt);
  }

  /**
   * @param die gives a number below the one it is given
   */
  RollBot(IntUnaryOperator die) {
    this.die = die;
  }

  @Override
  public void heard(HeardText text, Conversation conversation) {
    answer(text.text()).ifPresent(answer -> conversation.reply(text, answer));
  }

  private Optional<String> answer(String text) {
    Matcher roll = ROLL.matcher(text);
    if (!roll.matches()) {
      return Optional.empty();
    }
    int dice = roll.group(1) == null ? 1 : Integer.parseInt(roll.group(1));
    int sides = roll.group(2) == null ? SIDES : Integer.parseInt(roll.group(2));
    if (dice == 0 || sides == 0) {
      return Optional.of("Nothing rolls.");
    }
    List<Integer> rolled =
        IntStream.range(0, dice).map(_ -> 1 + die.applyAsInt(sides)).boxed().toList();
    int sum = rolled.stream().mapToInt(Integer::intValue).sum();
    return Optional.of(
        dice == 1
            ? "🎲 " + sum
            : rolled.stream()
                .map(String::valueOf)
                .collect(Collectors.joining(" + ", "🎲 ", " = " + sum)));
  }
}
