// SPDX-License-Identifier: Apache-2.0
package chat.client.transfer;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserDefinedFileAttributeView;

/**
 * The note on a file that it came from somebody else, by which Windows asks before it runs it: an
 * alternate data stream, which is what Java calls a user-defined attribute there.
 */
final class MarkOfTheWeb {
  private static final String STREAM = "Zone.Identifier";
  private static final String FROM_THE_INTERNET = "[ZoneTransfer]\r\nZoneId=3\r\n";

  private MarkOfTheWeb() {}

  /** Marks a file, on a file system that can hold the mark. */
  static void put(Path file) throws IOException {
    UserDefinedFileAttributeView attributes =
        Files.getFileAttributeView(file, UserDefinedFileAttributeView.class);
    boolean holds =
        attributes != null
            && Files.getFileStore(file)
                .supportsFileAttributeView(UserDefinedFileAttributeView.class);
    if (holds) {
      ByteBuffer mark = ByteBuffer.wrap(FROM_THE_INTERNET.getBytes(StandardCharsets.US_ASCII));
      int unused = attributes.write(STREAM, mark);
    }
  }
}
