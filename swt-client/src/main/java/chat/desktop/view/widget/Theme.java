// SPDX-License-Identifier: Apache-2.0
package chat.desktop.view.widget;

import chat.desktop.model.room.Room;
import chat.desktop.model.text.Formats;
import chat.desktop.model.text.Texts;
import chat.protocol.Person;
import java.time.ZoneId;
import org.eclipse.swt.widgets.Display;

/** How a window looks and speaks. Belongs to one window, which lets go of it. */
public record Theme(Palette palette, Fonts fonts, Texts texts, Formats formats, Faces faces) {

  public static Theme of(Display display, Palette palette, Texts texts, ZoneId zone, Faces faces) {
    return new Theme(palette, Fonts.of(display), texts, new Formats(texts, zone), faces);
  }

  public void dispose() {
    fonts.dispose();
    faces.dispose();
  }

  public String text(String key, Object... values) {
    return texts.get(key, values);
  }

  /** What somebody is called; whose account has ended has no name any more. */
  public String name(Person person) {
    return person.shown().isEmpty() ? text("person.gone") : person.shown();
  }

  /** What a room is called; a private chat by the name of the other one, if that still has one. */
  public String name(Room room) {
    return room.direct() ? name(room.info().peer()) : room.name();
  }

  /** The name with the sign of a room where it is one. */
  public String title(Room room) {
    return room.direct() ? name(room) : room.title();
  }

  /** The text of a menu item without what makes it one: its mnemonic and its dots. */
  public String title(String key) {
    return text(key).replaceAll("\\(&.\\)|&|…", "");
  }
}
