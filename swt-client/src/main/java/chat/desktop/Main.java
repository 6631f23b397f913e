// SPDX-License-Identifier: Apache-2.0
package chat.desktop;

import chat.cli.base.DataOption;
import chat.client.session.NetworkChatClient;
import chat.desktop.model.platform.Settings;
import chat.desktop.model.platform.ThemeChoice;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import org.eclipse.swt.SWTError;
import org.eclipse.swt.widgets.Display;

/** Starts the desktop client. */
public final class Main {
  private static final int GOOD = 0;
  private static final int NO_PROFILE = 1;
  private static final int NO_DISPLAY = 3;

  private Main() {}

  public static void main(String[] args) {
    // The client library says nothing here that the windows do not show.
    System.setProperty("slf4j.internal.verbosity", "ERROR");
    System.exit(run(args, System.out, System.err));
  }

  static int run(String[] args, PrintStream out, PrintStream err) {
    return ClientCommand.run(List.of(args), base(), out, err, options -> run(options, err));
  }

  private static int run(Options options, PrintStream err) {
    boolean orAnother = options.folder().equals(base().resolve(Options.DEFAULT_PROFILE));
    try (ProfileLock profile = ProfileLock.take(options.folder(), orAnother)) {
      return run(options.in(profile.folder()), Settings.open(profile.folder()), err);
    } catch (IOException e) {
      err.println("The profile in " + options.folder() + " can't be opened: " + e.getMessage());
      return NO_PROFILE;
    }
  }

  private static int run(Options options, Settings settings, PrintStream err) throws IOException {
    ThemeChoice theme = options.theme().orElseGet(settings::theme);
    Display display;
    try {
      Gtk.theme(theme);
      Display.setAppName("Chatroom");
      display = new Display();
    } catch (SWTError | UnsatisfiedLinkError e) {
      err.println("No display: the desktop client needs a graphical session.");
      err.println("  On Linux, start it from your desktop, or set DISPLAY (over ssh: ssh -X).");
      err.println("  GTK 3 has to be installed (Debian, Ubuntu: apt install libgtk-3-0).");
      err.println("  Without a display, use the command line client.");
      err.println("  Reason: " + e.getMessage());
      return NO_DISPLAY;
    }
    new Desktop(display, options, settings, theme, NetworkChatClient::open).run();
    return GOOD;
  }

  private static Path base() {
    return DataOption.home(System.getenv());
  }
}
