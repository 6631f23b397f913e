// SPDX-License-Identifier: Apache-2.0
package chat.example.csv;

import chat.desktop.api.Message;
import chat.desktop.api.MessageRenderer;
import chat.desktop.api.Workbench;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Fetches small files that end in .csv, in the background, and draws their first lines. */
@Component
public final class CsvPreview implements MessageRenderer {
  private static final int LARGEST = 256 * 1024;
  private static final int MOST_FILES = 50;
  private static final int ROWS = 12;
  private static final int COLUMNS = 8;

  private final Workbench workbench;
  private final Map<UUID, List<List<String>>> tables = new HashMap<>();

  @Activate
  public CsvPreview(@Reference Workbench workbench) {
    this.workbench = workbench;
  }

  @Override
  public Optional<Rendering> render(Shown shown, Canvas canvas) {
    Message message = shown.message();
    boolean wanted =
        message
            .body()
            .file()
            .filter(file -> file.name().toLowerCase(Locale.ROOT).endsWith(".csv"))
            .filter(file -> file.size() <= LARGEST)
            .isPresent();
    if (!wanted) {
      return Optional.empty();
    }
    List<List<String>> table = tables.get(message.id());
    if (table == null) {
      fetch(message);
      return Optional.empty();
    }
    return table.isEmpty()
        ? Optional.empty()
        : Optional.of(new Rendering(List.of(), Optional.of(new TableDrawing(table, canvas))));
  }

  private void fetch(Message message) {
    if (tables.size() >= MOST_FILES) {
      tables.clear();
    }
    tables.put(message.id(), List.of());
    var unused =
        workbench
            .chat()
            .fetch(message, LARGEST)
            .thenCompose(file -> workbench.background().run("CSV", () -> read(file)))
            .thenAccept(rows -> {
              tables.put(message.id(), rows);
              workbench.renderAgain();
            });
  }

  private static List<List<String>> read(Path file) throws IOException {
    String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    return text.lines().limit(ROWS).map(CsvPreview::cells).toList();
  }

  /** The cells of a line (RFC 4180, but for line breaks in a cell). */
  static List<String> cells(String line) {
    List<String> cells = new ArrayList<>();
    StringBuilder cell = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < line.length() && cells.size() < COLUMNS; i++) {
      char letter = line.charAt(i);
      if (letter == '"' && quoted && i + 1 < line.length() && line.charAt(i + 1) == '"') {
        cell.append('"');
        i++;
      } else if (letter == '"') {
        quoted = !quoted;
      } else if ((letter == ',' || letter == ';') && !quoted) {
        cells.add(cell.toString());
        cell.setLength(0);
      } else {
        cell.append(letter);
      }
    }
    if (cells.size() < COLUMNS) {
      cells.add(cell.toString());
    }
    return cells;
  }
}
