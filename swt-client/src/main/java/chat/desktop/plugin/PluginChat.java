// SPDX-License-Identifier: Apache-2.0
package chat.desktop.plugin;

import chat.client.ClientEvent.Transfer;
import chat.desktop.api.Chat;
import chat.desktop.api.ChatRoom;
import chat.desktop.api.Message;
import chat.desktop.model.app.ChatModel;
import chat.desktop.model.room.Room;
import chat.desktop.model.room.Row;
import chat.protocol.Command;
import chat.protocol.Cursor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.eclipse.swt.widgets.Display;
import org.jspecify.annotations.Nullable;

/** Rooms and messages, as far as a plug-in claims to use them. */
final class PluginChat implements Chat {
  private final PluginFile plugin;
  private final Extensions extensions;
  private final PluginBackground background;
  private final PluginFiles files;

  PluginChat(
      PluginFile plugin, Extensions extensions, PluginBackground background, PluginFiles files) {
    this.plugin = plugin;
    this.extensions = extensions;
    this.background = background;
    this.files = files;
  }

  @Override
  public List<ChatRoom> rooms() {
    ChatModel model = model();
    return model == null ? List.of() : model.rooms().stream().map(PluginMessages::room).toList();
  }

  @Override
  public Optional<ChatRoom> current() {
    ChatModel model = model();
    return model == null
        ? Optional.empty()
        : Optional.ofNullable(model.current()).map(PluginMessages::room);
  }

  @Override
  public List<Message> messages(long room) {
    claims(Right.READS_MESSAGES);
    ChatModel model = model();
    Room found = model == null ? null : model.room(room);
    return model == null || found == null
        ? List.of()
        : found.transcript().rows().stream()
            .filter(Row.MessageRow.class::isInstance)
            .map(row -> PluginMessages.message((Row.MessageRow) row, model.account()))
            .toList();
  }

  @Override
  public CompletableFuture<Void> send(long room, String text) {
    claims(Right.SENDS_MESSAGES);
    ChatModel model = model();
    if (model == null || model.room(room) == null) {
      return nowhere(room);
    }
    int length = text.getBytes(StandardCharsets.UTF_8).length;
    if (text.isBlank() || length > model.client().limits().text()) {
      return CompletableFuture.failedFuture(
          new IllegalArgumentException("a text of " + length + " bytes"));
    }
    return model.send(room, text, 0, false);
  }

  @Override
  public CompletableFuture<Void> react(Message message, String emoji) {
    claims(Right.SENDS_MESSAGES);
    ChatModel model = model();
    Row.MessageRow row = row(model, message);
    if (model == null || row == null) {
      return nowhere(message.room());
    }
    long self = model.account();
    boolean there =
        row.state().reactions().stream().anyMatch(r -> r.emoji().equals(emoji) && r.by(self));
    return model
        .change(new Command.React(UUID.randomUUID(), Cursor.behind(row.entry()), emoji, !there))
        .thenAccept(_ -> {});
  }

  @Override
  public CompletableFuture<Path> fetch(Message message, long limit) {
    claims(Right.FILES);
    claims(Right.READS_MESSAGES);
    ChatModel model = model();
    if (!(row(model, message) instanceof Row.Filed filed) || model == null) {
      return nowhere(message.room());
    }
    if (filed.file().size() > limit) {
      return CompletableFuture.failedFuture(
          new IllegalArgumentException("a file of " + filed.file().size() + " bytes"));
    }
    Path here = model.traffic().localFile(filed.entry().id());
    return background.run(
        filed.file().name(),
        () -> here != null && Files.isReadable(here) ? here : fetch(model, filed));
  }

  private Path fetch(ChatModel model, Row.Filed filed) throws IOException, InterruptedException {
    Path target = files.place(filed.entry().id());
    if (Files.exists(target)) {
      return target;
    }
    Transfer.State end = model.client().fetch(filed.entry(), target);
    if (end instanceof Transfer.Finished) {
      return target;
    }
    throw new IOException("not fetched: " + end);
  }

  @Override
  public void offer(Path path) {
    claims(Right.FILES);
    claims(Right.SENDS_MESSAGES);
    ChatModel model = model();
    if (model != null) {
      var unused = model.traffic().upload(path);
    }
  }

  /** Does something of the plug-in's; if it throws, the plug-in is switched off. */
  @SuppressWarnings("CatchingUnchecked") // other languages throw what no signature names
  void guard(Runnable task) {
    try {
      task.run();
    } catch (Throwable e) {
      extensions.fail(plugin.id(), Trouble.threw(e), e);
    }
  }

  private void claims(Right right) {
    if (!plugin.rights().contains(right)) {
      throw new SecurityException("Chat-Rights of " + plugin.id() + " lacks " + right.word());
    }
  }

  private @Nullable ChatModel model() {
    if (Display.getCurrent() == null) {
      throw new IllegalStateException("only in the thread of the windows; see Workbench.ui()");
    }
    WorkbenchWindow window = extensions.window();
    return window == null ? null : window.model();
  }

  private static Row.@Nullable MessageRow row(@Nullable ChatModel model, Message message) {
    Room room = model == null ? null : model.room(message.room());
    if (room == null) {
      return null;
    }
    int at = room.shown().indexOf(message.number());
    List<Row> rows = room.shown().rows();
    return at >= 0 && rows.get(at) instanceof Row.MessageRow row ? row : null;
  }

  private static <T> CompletableFuture<T> nowhere(long room) {
    return CompletableFuture.failedFuture(
        new IllegalStateException("no such message or room now: " + room));
  }
}
