// SPDX-License-Identifier: Apache-2.0
package chat.desktop.view.widget;

import chat.desktop.model.text.PersonLook;
import chat.protocol.Person;
import java.util.Arrays;
import java.util.List;
import org.eclipse.swt.graphics.Color;

/**
 * Every colour of the windows.
 *
 * @param window behind the controls
 * @param pane behind the lists at the sides
 * @param paper behind the transcript
 * @param line between parts
 * @param text on window, pane and paper
 * @param quiet for what matters less
 * @param notice for lines that nobody said
 * @param accent of the one button that matters and of selections
 * @param own behind the user's own messages
 * @param other behind the messages of others
 * @param mark behind marked text
 */
public record Palette(
    Color window,
    Color pane,
    Color paper,
    Color line,
    Color hover,
    Color selected,
    Color field,
    Color text,
    Color quiet,
    Color notice,
    Color link,
    Color accent,
    Color onAccent,
    Color own,
    Color onOwn,
    Color quietOnOwn,
    Color other,
    Color mark,
    Color good,
    Color waiting,
    Color bad,
    Color onBad,
    List<Color> avatars,
    List<Color> names) {

  private static final List<Color> AVATARS =
      colors(
          0xC62828, 0xAD1457, 0x6A3FB5, 0x3949AB, 0x0B6FB8, 0x00796B, 0x2E7D32, 0x8D6E00, 0xB8480B,
          0x6D4C41);

  /** Dark on light. */
  public static Palette light() {
    return new Palette(
        color(0xF6F5F4),
        color(0xFAFAFB),
        color(0xFFFFFF),
        color(0xDADBDE),
        color(0xECEEF1),
        color(0xDCE9FB),
        color(0xFFFFFF),
        color(0x1D1F23),
        color(0x656A73),
        color(0x8A5300),
        color(0x1257B0),
        color(0x1A62C2),
        color(0xFFFFFF),
        color(0x1A62C2),
        color(0xFFFFFF),
        color(0xD5E5FA),
        color(0xEDEFF2),
        color(0xB3D4FF),
        color(0x1A8A4C),
        color(0xA86A00),
        color(0xC01C28),
        color(0xFDEBEC),
        AVATARS,
        AVATARS);
  }

  /** Light on dark. */
  public static Palette dark() {
    return new Palette(
        color(0x303134),
        color(0x27282B),
        color(0x202124),
        color(0x44464B),
        color(0x36383C),
        color(0x2C456B),
        color(0x27282B),
        color(0xEDEEF0),
        color(0xA4A8B0),
        color(0xE3B25C),
        color(0x8AB8FF),
        color(0x3A82E4),
        color(0xFFFFFF),
        color(0x1D5FB8),
        color(0xFFFFFF),
        color(0xDCE9FC),
        color(0x36383D),
        color(0x3E5F94),
        color(0x4CC38A),
        color(0xE5A93B),
        color(0xFF8A85),
        color(0x4A2527),
        AVATARS,
        colors(
            0xFF9A94, 0xFF92BE, 0xC9AEFF, 0xA9B8FF, 0x84C7FF, 0x6FDCC9, 0x8EDB93, 0xE8CB62,
            0xFFB077, 0xD9B8A8));
  }

  /** The colour of somebody's round picture. */
  public Color avatar(Person person) {
    return avatars.get(PersonLook.hue(person));
  }

  /** The colour of somebody's name. */
  public Color name(Person person) {
    return names.get(PersonLook.hue(person));
  }

  private static List<Color> colors(int... values) {
    return Arrays.stream(values).mapToObj(Palette::color).toList();
  }

  private static Color color(int rgb) {
    return new Color(rgb >> 16, rgb >> 8 & 255, rgb & 255);
  }
}
