// SPDX-License-Identifier: Apache-2.0
package chat.desktop.model.app;

import chat.client.ClientEvent.Transfer;
import chat.desktop.model.platform.DesktopIntegration;
import chat.desktop.model.platform.Downloads;
import chat.desktop.model.platform.Executables;
import chat.desktop.model.room.Row;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** What can be done with the file of an entry, by where its download stands. */
public final class FileActions {
  private final ChatModel model;
  private final DesktopIntegration integration;
  private final Path folder;

  /**
   * @param folder where files are saved unless the user says otherwise
   */
  public FileActions(ChatModel model, DesktopIntegration integration, Path folder) {
    this.model = model;
    this.integration = integration;
    this.folder = folder;
  }

  /** A click on the file: fetch it, or open it once it is here. */
  public void activate(Row.Filed filed) {
    Transfer transfer = model.traffic().download(filed.entry().id());
    if (transfer == null) {
      save(filed);
      return;
    }
    switch (transfer.state()) {
      case Transfer.Running _ -> {}
      case Transfer.Finished _ -> open(transfer.file());
      case Transfer.Cancelled _, Transfer.Failed _ -> save(filed);
    }
  }

  private void open(Path file) {
    if (Executables.matches(file)) {
      integration.askToRun(file, () -> integration.open(file));
    } else {
      integration.open(file);
    }
  }

  /** A click on the button beside it: fetch, stop, go on, or show where it is. */
  public void button(Row.Filed filed) {
    Transfer transfer = model.traffic().download(filed.entry().id());
    if (transfer == null) {
      save(filed);
      return;
    }
    switch (transfer.state()) {
      case Transfer.Running _ -> model.traffic().cancel(transfer.id());
      case Transfer.Finished _ -> integration.reveal(transfer.file());
      case Transfer.Cancelled _, Transfer.Failed _ -> save(filed);
    }
  }

  /** Fetches a file to where an earlier try wanted it, or into the usual folder. */
  public void save(Row.Filed filed) {
    model.traffic().download(filed.entry(), filed.file(), folder);
  }

  /** Asks where to put it. */
  public void saveAs(Row.Filed filed) {
    integration
        .placeFor(Downloads.safeName(filed.file().name()))
        .ifPresent(target -> model.traffic().download(filed.entry(), target));
  }

  /** The download as it stands. */
  public @Nullable Transfer download(Row.Filed filed) {
    return model.traffic().download(filed.entry().id());
  }
}
