// SPDX-License-Identifier: Apache-2.0
package chat.server.base.text;

/** The rules for names of files: a stored name is only ever a label. */
public final class FileNames {
  private FileNames() {}

  /** A name without folders and characters that a screen can't show. */
  public static String label(String name) {
    String last = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
    StringBuilder label = new StringBuilder();
    last.codePoints()
        .filter(c -> !Character.isISOControl(c) && Character.getType(c) != Character.FORMAT)
        .forEach(label::appendCodePoint);
    return label.toString().strip();
  }
}
