// SPDX-License-Identifier: Apache-2.0
package chat.desktop.view.dialog;

import chat.desktop.model.app.ChatModel;
import chat.desktop.model.platform.DesktopIntegration;
import chat.desktop.view.widget.FormDialog;
import chat.desktop.view.widget.Paint;
import chat.desktop.view.widget.Portrait;
import chat.desktop.view.widget.Theme;
import chat.protocol.Command;
import chat.protocol.InvitationPolicy;
import chat.protocol.Person;
import chat.protocol.Profile;
import java.util.concurrent.CompletableFuture;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.swt.widgets.Text;

/** What the user says of themselves. */
final class ProfileDialog {

  private ProfileDialog() {}

  static void open(
      Shell parent, Theme theme, ChatModel model, DesktopIntegration integration, Profile profile) {
    FormDialog form = new FormDialog(parent, theme, "chat.profile", "profile");
    Person self = profile.person();
    PictureChoice picture =
        new PictureChoice(
            form,
            theme,
            model,
            integration,
            Portrait.Shape.ROUND,
            self.picture() != 0,
            (gc, side, pictured) ->
                Paint.avatar(gc, theme, pictured ? self : bare(self), 0, 0, side));
    Text display = form.field("profile.display");
    display.setText(self.display());
    Text status = form.field("profile.status");
    status.setText(profile.status());
    Text about = form.area("profile.about");
    about.setText(profile.about());
    Button seen = form.check("profile.seen", profile.showSeen());
    Button read = form.check("profile.read", profile.showRead());
    Button[] invitations =
        form.choice("profile.invite.everybody", "profile.invite.friends", "profile.invite.nobody");
    for (Button each : invitations) {
      each.setSelection(each == invitations[profile.invitations().ordinal()]);
    }
    form.open(
        "button.save",
        () -> {
          Command.SetProfile set =
              new Command.SetProfile(
                  display.getText().strip(),
                  status.getText().strip(),
                  about.getText().strip().replace("\r\n", "\n"),
                  seen.getSelection(),
                  read.getSelection());
          return model.here(
              picture
                  .save(bytes -> model.client().setPicture(0, bytes))
                  .thenCompose(_ -> model.client().set(set))
                  .thenCompose(done -> {
                    InvitationPolicy policy = chosen(invitations);
                    return policy == profile.invitations()
                        ? CompletableFuture.completedFuture(done)
                        : model.client().set(new Command.SetInvitationPolicy(policy));
                  }));
        });
  }

  private static InvitationPolicy chosen(Button[] invitations) {
    for (InvitationPolicy policy : InvitationPolicy.values()) {
      if (invitations[policy.ordinal()].getSelection()) {
        return policy;
      }
    }
    return InvitationPolicy.EVERYBODY;
  }

  private static Person bare(Person person) {
    return new Person(person.account(), person.name(), person.display(), 0);
  }
}
