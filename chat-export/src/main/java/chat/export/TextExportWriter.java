// SPDX-License-Identifier: Apache-2.0
package chat.export;

import chat.client.text.MessageFormatter;
import java.io.IOException;
import java.io.Writer;

/** A line for each message, with its number, by which answers name it. */
record TextExportWriter(Writer out, MessageFormatter lines) implements ExportWriter {

  @Override
  public void add(Leaf leaf) throws IOException {
    out.write(leaf.message().entry().number() + " " + lines.plain(leaf.message()));
    out.write(leaf.path().isEmpty() ? "\n" : " " + leaf.path() + "\n");
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
