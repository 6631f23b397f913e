// SPDX-License-Identifier: Apache-2.0
package chat.desktop;

import chat.client.session.NetworkChatClient;
import chat.desktop.model.platform.Settings;
import chat.desktop.model.platform.ThemeChoice;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import org.eclipse.swt.SWTError;
import org.eclipse.swt.widgets.Display;

/** Starts the desktop client. */
public final class Main {
  private static final int GOOD = 0;
  private static final int NO_PROFILE = 1;
  private static final int WRONG_OPTIONS = 2;
  private static final int NO_DISPLAY = 3;

  private Main() {}

  public static void main(String[] args) {
    // The client library says nothing here that the windows do not show.
    System.setProperty("slf4j.internal.verbosity", "ERROR");
    System.exit(run(args, System.out, System.err));
  }

  static int run(String[] args, PrintStream out, PrintStream err) {
    Options options;
    try {
      options = Options.parse(args, base());
    } catch (Options.Wrong e) {
      err.println(e.getMessage());
      err.println("See --help.");
      return WRONG_OPTIONS;
    }
    if (options.help()) {
      out.print(Options.HELP);
      return GOOD;
    }
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
    String data = System.getenv("XDG_DATA_HOME");
    Path home = Path.of(System.getProperty("user.home"), ".local", "share");
    return (data == null || data.isBlank() ? home : Path.of(data)).resolve("chatroom");
  }
}
