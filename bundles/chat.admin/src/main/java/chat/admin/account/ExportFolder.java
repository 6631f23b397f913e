// SPDX-License-Identifier: Apache-2.0
package chat.admin.account;

import chat.admin.command.Fields;
import chat.admin.command.JsonValues;
import chat.operations.AccountDetails;
import chat.operations.AccountReceiver;
import chat.operations.ExportedMessage;
import chat.operations.OperationException;
import chat.operations.OperationException.Reason;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * A folder with what the server keeps of one account: {@code account.json}, {@code messages.jsonl}
 * with a line for each message, and the folder {@code files}. Only its owner can read it.
 */
public final class ExportFolder implements AccountReceiver, AutoCloseable {
  private static final int NAME = 60;

  private final Path path;
  private final Writer lines;
  private long messages;
  private long files;

  private ExportFolder(Path path) throws IOException {
    this.path = path;
    lines = Files.newBufferedWriter(path.resolve("messages.jsonl"), StandardCharsets.UTF_8);
  }

  /** Makes a folder that is not there yet. */
  public static ExportFolder make(Path path) throws OperationException, IOException {
    try {
      Files.createDirectory(
          path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    } catch (FileAlreadyExistsException e) {
      throw new OperationException(
          Reason.CONFLICT, path + " exists; name a folder that is not there yet", e);
    }
    Files.createDirectory(path.resolve("files"));
    return new ExportFolder(path);
  }

  public Path path() {
    return path;
  }

  public long messages() {
    return messages;
  }

  public long files() {
    return files;
  }

  @Override
  public void account(AccountDetails details) throws IOException {
    Files.writeString(
        path.resolve("account.json"), JsonValues.line(AccountFields.of(details)) + "\n");
  }

  @Override
  public void message(ExportedMessage message) throws IOException {
    Fields fields =
        Fields.of("room", message.room())
            .with("roomName", message.roomName())
            .with("number", message.number())
            .with("time", message.time())
            .with("kind", message.kind())
            .with("text", message.text());
    if (message.kind().equals("file")) {
      fields.with("file", "files/" + fileName(message));
    }
    lines.write(JsonValues.line(fields.map()));
    lines.write('\n');
    messages++;
  }

  @Override
  public OutputStream file(ExportedMessage message) throws IOException {
    files++;
    return Files.newOutputStream(path.resolve("files").resolve(fileName(message)));
  }

  /** A name that is the file's own, and leads nowhere else. */
  private static String fileName(ExportedMessage message) {
    String safe = message.text().replaceAll("[^\\p{L}\\p{N}._ -]|[\\x{10000}-\\x{10FFFF}]", "_");
    return message.room()
        + "-"
        + message.number()
        + "-"
        + safe.substring(Math.max(0, safe.length() - NAME));
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
