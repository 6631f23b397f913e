// SPDX-License-Identifier: Apache-2.0
package chat.desktop.view;

import chat.desktop.ui.Ui;
import chat.desktop.ui.Widgets;
import chat.desktop.view.welcome.WelcomeWindow;
import chat.desktop.view.widget.FlatButton;
import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.StyledText;
import org.eclipse.swt.graphics.Rectangle;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Text;

/** The welcome window as a test sees it. */
public record WelcomePage(WelcomeWindow window) {

  public WelcomePage fill(String server, String name, String password) {
    Ui.run(() -> {
      text("welcome.server").setText(server);
      text("welcome.name").setText(name);
      text("welcome.password").setText(password);
    });
    return this;
  }

  /** Fills in the invitation. */
  public WelcomePage invite(String invitation) {
    Ui.run(() -> text("welcome.invitation").setText(invitation));
    return this;
  }

  /** The client was started with the invitation of the owner. */
  public void createOwner(String code) {
    Ui.run(() -> window.createOwner(code));
  }

  /** The client was started with a link. */
  public void follow(String link) {
    Ui.run(() -> window.follow(link));
  }

  public void press(String id) {
    Ui.run(() -> Widgets.send(Widgets.find(window.shell(), id)));
  }

  /** Presses Enter in the password field. */
  public void enter() {
    Ui.run(() -> text("welcome.password").notifyListeners(SWT.DefaultSelection, new Event()));
  }

  /** What stands at a field. */
  public String problem(String field) {
    return Ui.ask(() -> ((Label) find("problem." + field)).getText());
  }

  public String submitText() {
    return Ui.ask(() -> ((FlatButton) find("submit")).text());
  }

  public boolean canSubmit() {
    return Ui.ask(() -> find("submit").isEnabled());
  }

  public boolean passwordShown() {
    return Ui.ask(() -> text("welcome.password").getEchoChar() == '\0');
  }

  public String value(String id) {
    return Ui.ask(
        () -> find(id) instanceof StyledText styled ? styled.getText() : text(id).getText());
  }

  public boolean shows(String id) {
    return Ui.ask(() -> Widgets.look(window.shell(), id).map(Control::isVisible).orElse(false));
  }

  /** Whether all of it is within everything around it. */
  public boolean inSight(String id) {
    return Ui.ask(() -> {
      Control control = find(id);
      Rectangle place = control.getBounds();
      for (Composite around = control.getParent();
          around != null && around != window.shell();
          around = around.getParent()) {
        Rectangle area = around.getClientArea();
        if (place.y < area.y || place.y + place.height > area.y + area.height) {
          return false;
        }
        place.x += around.getBounds().x;
        place.y += around.getBounds().y;
      }
      return control.isVisible();
    });
  }

  private Text text(String id) {
    return (Text) find(id);
  }

  private Control find(String id) {
    return Widgets.find(window.shell(), id);
  }
}
