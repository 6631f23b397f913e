package chat.desktop.view;

import chat.desktop.model.ChatModel;
import chat.desktop.model.Outside;
import chat.protocol.Command;
import chat.protocol.Profile;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.swt.widgets.Text;
import org.jspecify.annotations.Nullable;

/** What the user says of themselves. */
final class ProfileDialog {
  private final Look look;
  private final ChatModel model;
  private final Outside outside;
  private final FormDialog form;
  private byte @Nullable [] picture;

  private ProfileDialog(Shell parent, Look look, ChatModel model, Outside outside) {
    this.look = look;
    this.model = model;
    this.outside = outside;
    this.form = new FormDialog(parent, look, "chat.profile", "profile");
  }

  static void open(Shell parent, Look look, ChatModel model, Outside outside, Profile profile) {
    new ProfileDialog(parent, look, model, outside).fill(profile);
  }

  private void fill(Profile profile) {
    Text display = form.field("profile.display");
    display.setText(profile.person().display());
    Text status = form.field("profile.status");
    status.setText(profile.status());
    Text about = form.area("profile.about");
    about.setText(profile.about());
    form.button("profile.picture", this::choose);
    if (profile.person().picture() != 0) {
      form.button(
          "profile.remove",
          () -> {
            picture = new byte[0];
            form.say(look.text("profile.removed"));
          });
    }
    Button seen = form.check("profile.seen", profile.showSeen());
    Button read = form.check("profile.read", profile.showRead());
    form.open(
        "button.save",
        () ->
            save(
                new Command.SetProfile(
                    display.getText().strip(),
                    status.getText().strip(),
                    about.getText().strip().replace("\r\n", "\n"),
                    seen.getSelection(),
                    read.getSelection())));
  }

  private void choose() {
    outside.filesToSend().stream().findFirst().ifPresent(this::read);
  }

  private void read(Path file) {
    var unused =
        model
            .work(() -> Portrait.of(file))
            .whenComplete((bytes, failure) -> {
              if (failure == null) {
                picture = bytes;
              }
              form.say(
                  failure == null
                      ? look.text("profile.chosen", String.valueOf(file.getFileName()))
                      : refused(failure));
            });
  }

  private String refused(Throwable failure) {
    Throwable why = failure.getCause() == null ? failure : failure.getCause();
    boolean large =
        why instanceof Portrait.RefusedPicture refused && refused.why() == Portrait.Refused.LARGE;
    return look.text(large ? "profile.large" : "profile.unreadable");
  }

  private CompletableFuture<?> save(Command.SetProfile set) {
    byte[] chosen = picture;
    CompletableFuture<?> pictured =
        chosen == null
            ? CompletableFuture.completedFuture(null)
            : model.service().setPicture(0, chosen);
    return model.here(pictured.thenCompose(_ -> model.service().set(set)));
  }
}
