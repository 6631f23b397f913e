// SPDX-License-Identifier: Apache-2.0
package chat.desktop.view.main;

import chat.desktop.model.platform.DesktopIntegration;
import chat.desktop.model.platform.DesktopNotifications;
import chat.desktop.model.text.Texts;
import chat.desktop.view.widget.AskDialog;
import chat.desktop.view.widget.Theme;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.eclipse.swt.SWT;
import org.eclipse.swt.program.Program;
import org.eclipse.swt.widgets.DirectoryDialog;
import org.eclipse.swt.widgets.FileDialog;
import org.eclipse.swt.widgets.Shell;

/** The system's own dialogs, file manager and browser. */
public record NativeDesktopIntegration(
    Shell shell, Theme theme, Texts texts, DesktopNotifications notifications)
    implements DesktopIntegration {
  private static final String PICTURES =
      "*.png;*.jpg;*.jpeg;*.gif;*.bmp;*.PNG;*.JPG;*.JPEG;*.GIF;*.BMP";
  private static final System.Logger LOG =
      System.getLogger(NativeDesktopIntegration.class.getName());

  @Override
  public List<Path> filesToSend() {
    FileDialog dialog = new FileDialog(shell, SWT.OPEN | SWT.MULTI);
    dialog.setText(texts.get("file.choose"));
    if (dialog.open() == null) {
      return List.of();
    }
    Path folder = Path.of(dialog.getFilterPath());
    return Arrays.stream(dialog.getFileNames()).map(folder::resolve).toList();
  }

  @Override
  public Optional<Path> picture() {
    FileDialog dialog = new FileDialog(shell, SWT.OPEN);
    dialog.setText(texts.get("picture.choose"));
    dialog.setFilterExtensions(new String[] {PICTURES, "*"});
    dialog.setFilterNames(new String[] {texts.get("picture.forms"), texts.get("picture.all")});
    return Optional.ofNullable(dialog.open()).map(Path::of);
  }

  @Override
  public Optional<Path> plugin() {
    FileDialog dialog = new FileDialog(shell, SWT.OPEN);
    dialog.setText(texts.get("plugins.file"));
    dialog.setFilterExtensions(new String[] {"*.jar", "*"});
    return Optional.ofNullable(dialog.open()).map(Path::of);
  }

  @Override
  public Optional<Path> placeFor(String name) {
    FileDialog dialog = new FileDialog(shell, SWT.SAVE);
    dialog.setText(texts.get("file.saveAs"));
    dialog.setFileName(name);
    dialog.setOverwrite(true);
    return Optional.ofNullable(dialog.open()).map(Path::of);
  }

  @Override
  public Optional<Path> folderFor(Path first) {
    DirectoryDialog dialog = new DirectoryDialog(shell);
    dialog.setText(texts.get("export.choose"));
    dialog.setFilterPath(first.toString());
    return Optional.ofNullable(dialog.open()).map(Path::of);
  }

  @Override
  public void open(Path file) {
    Program.launch(file.toString());
  }

  @Override
  public void askToRun(Path file, Runnable yes) {
    String question = texts.get("file.run", String.valueOf(file.getFileName()));
    AskDialog.warn(shell, theme, question, "file.open", yes);
  }

  @Override
  public void reveal(Path file) {
    String system = System.getProperty("os.name", "");
    if (system.startsWith("Windows")) {
      // By their whole paths: a bare name is looked for in the working folder first.
      String windows = Optional.ofNullable(System.getenv("SystemRoot")).orElse("C:\\Windows");
      run(windows + "\\explorer.exe", "/select," + file);
    } else if (system.startsWith("Mac")) {
      run("/usr/bin/open", "-R", file.toString());
    } else if (file.getParent() != null) {
      Program.launch(file.getParent().toString());
    }
  }

  @Override
  public void browse(String address) {
    Program.launch(address);
  }

  private static void run(String... command) {
    try {
      new ProcessBuilder(command).start();
    } catch (IOException e) {
      LOG.log(System.Logger.Level.WARNING, "The file manager does not start", e);
    }
  }
}
