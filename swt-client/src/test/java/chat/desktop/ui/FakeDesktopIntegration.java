// SPDX-License-Identifier: Apache-2.0
package chat.desktop.ui;

import chat.desktop.model.platform.DesktopIntegration;
import chat.desktop.model.platform.DesktopNotifications;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** Dialogs that answer at once, and programs that are only remembered. */
public final class FakeDesktopIntegration implements DesktopIntegration {
  public final List<String> done = new CopyOnWriteArrayList<>();
  public volatile List<Path> choice = List.of();
  public volatile boolean agrees;
  public volatile DesktopNotifications notifications = DesktopNotifications.none();

  @Override
  public List<Path> filesToSend() {
    return choice;
  }

  @Override
  public Optional<Path> picture() {
    return choice.stream().findFirst();
  }

  @Override
  public Optional<Path> plugin() {
    return choice.stream().findFirst();
  }

  @Override
  public Optional<Path> placeFor(String name) {
    return choice.stream().findFirst();
  }

  @Override
  public Optional<Path> folderFor(Path first) {
    return choice.stream().findFirst();
  }

  @Override
  public void open(Path file) {
    done.add("open " + file.getFileName());
  }

  @Override
  public void askToRun(Path file, Runnable yes) {
    done.add("ask " + file.getFileName());
    if (agrees) {
      yes.run();
    }
  }

  @Override
  public void reveal(Path file) {
    done.add("reveal " + file.getFileName());
  }

  @Override
  public DesktopNotifications notifications() {
    return notifications;
  }

  @Override
  public void browse(String address) {
    done.add("browse " + address);
  }
}
