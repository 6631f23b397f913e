// SPDX-License-Identifier: Apache-2.0
package chat.desktop.model.platform;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What lies outside our windows: the dialogs and programs of the system. */
public interface DesktopIntegration {

  /** Asks which files to send; none if the user thinks better of it. */
  List<Path> filesToSend();

  /** Asks for a picture. */
  Optional<Path> picture();

  /** Asks for a plug-in to install. */
  Optional<Path> plugin();

  /** Asks where to put a file. */
  Optional<Path> placeFor(String name);

  /** Asks for a folder to put something into, beginning at one. */
  Optional<Path> folderFor(Path first);

  /** Opens a file with the program that is made for it. */
  void open(Path file);

  /** Asks whether a file should be opened that is, or may be, a program; then does {@code yes}. */
  void askToRun(Path file, Runnable yes);

  /** Shows a file in its folder. */
  void reveal(Path file);

  /** Opens an address in the browser. */
  void browse(String address);

  /** The notifications of the desktop, one and the same for all windows. */
  DesktopNotifications notifications();
}
