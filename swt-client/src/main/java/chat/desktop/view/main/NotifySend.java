// SPDX-License-Identifier: Apache-2.0
package chat.desktop.view.main;

import chat.desktop.api.Notifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/** Notifications of a Linux desktop, by the program that all of them bring. */
public record NotifySend(Path program) implements Notifier {
  private static final System.Logger LOG = System.getLogger(NotifySend.class.getName());
  private static final int LONGEST = 200;

  /** Finds the program; empty where there is none. */
  public static Optional<Notifier> find() {
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    return Arrays.stream(path.split(java.io.File.pathSeparator))
        .map(folder -> Path.of(folder, "notify-send"))
        .filter(Path::isAbsolute)
        .filter(Files::isExecutable)
        .<Notifier>map(NotifySend::new)
        .findFirst();
  }

  @Override
  public void show(String title, String text) {
    String cut = text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
    // The body may hold markup there, so what people write is told apart from it.
    String safe = cut.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    try {
      new ProcessBuilder(program.toString(), "--app-name=Chatroom", "--", title, safe)
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start();
    } catch (IOException e) {
      LOG.log(System.Logger.Level.WARNING, "Notification not shown", e);
    }
  }
}
