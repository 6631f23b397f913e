// SPDX-License-Identifier: Apache-2.0
package chat.example.template;

import chat.desktop.api.SlashCommand;
import java.util.Locale;
import org.osgi.service.component.annotations.Component;

/** {@code /shout hello} sends HELLO. */
@Component
public final class Shout implements SlashCommand {

  @Override
  public String name() {
    return "shout";
  }

  @Override
  public String help() {
    return "Write in capitals";
  }

  @Override
  public String expand(String arguments) {
    return arguments.toUpperCase(Locale.ROOT);
  }
}
