// SPDX-License-Identifier: Apache-2.0
package chat.desktop.view.main;

import chat.desktop.api.Compose;

/** The place where messages are written, as plug-ins use it. */
record ComposeAccess(ComposeBox box) implements Compose {

  @Override
  public String text() {
    return box.text().getText();
  }

  @Override
  public String selection() {
    return box.text().getSelectionText();
  }

  @Override
  public void insert(String text) {
    box.insert(text);
    box.text().setFocus();
  }

  @Override
  public void replace(String text) {
    box.text().setText(text);
    box.text().setCaretOffset(text.length());
    box.text().setFocus();
  }
}
