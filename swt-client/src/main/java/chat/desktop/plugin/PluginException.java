// SPDX-License-Identifier: Apache-2.0
package chat.desktop.plugin;

/** A plug-in can't be installed or started. */
public final class PluginException extends Exception {
  private static final long serialVersionUID = 1;

  private final transient Trouble trouble;

  public PluginException(Trouble.Kind kind, String detail) {
    this(new Trouble(kind, detail));
  }

  public PluginException(Trouble trouble) {
    super(trouble.kind() + (trouble.detail().isEmpty() ? "" : ": " + trouble.detail()));
    this.trouble = trouble;
  }

  public Trouble trouble() {
    return trouble;
  }
}
