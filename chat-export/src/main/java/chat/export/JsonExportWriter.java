// SPDX-License-Identifier: Apache-2.0
package chat.export;

import chat.client.text.Json;
import java.io.IOException;
import java.io.Writer;

/** One object a line, complete. */
record JsonExportWriter(Writer out) implements ExportWriter {

  @Override
  public void add(Leaf leaf) throws IOException {
    out.write(Json.message(leaf.message(), leaf.path()) + "\n");
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
