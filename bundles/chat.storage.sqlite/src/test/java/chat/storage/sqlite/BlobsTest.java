// SPDX-License-Identifier: Apache-2.0
package chat.storage.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What could not be made durable is not taken for durable later. */
class BlobsTest {
  private static final byte[] BYTES = "bytes".getBytes(StandardCharsets.UTF_8);

  @TempDir Path folder;
  private boolean broken;
  private final UUID id = UUID.randomUUID();

  @Test
  void afterAFailedSyncTheBytesHaveToComeAgain() throws Exception {
    Blobs blobs =
        new Blobs(
            folder,
            path -> {
              if (broken) {
                throw new IOException("the disk says no");
              }
              OwnerOnly.sync(path);
            });
    blobs.stage(id, 0, BYTES);
    broken = true;
    assertThrows(IOException.class, () -> blobs.commit(id));
    broken = false;
    assertEquals(0, blobs.stagedLength(id));
    assertFalse(blobs.isStaged(id, BYTES.length));
    blobs.stage(id, 0, BYTES);
    blobs.commit(id);
    assertEquals(
        "bytes", new String(blobs.readCommitted(id, BYTES.length, 0, 10), StandardCharsets.UTF_8));
  }
}
