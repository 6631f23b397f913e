// SPDX-License-Identifier: Apache-2.0
package chat.storage.tck;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import chat.storage.CellKey;
import chat.storage.Change;
import chat.storage.Change.BlobCommit;
import chat.storage.Change.CellWrite;
import chat.storage.Change.NewEntry;
import chat.storage.ChatStore;
import chat.storage.Row;
import chat.storage.tck.fixture.Expect;
import chat.storage.tck.fixture.StoreContract;
import chat.storage.tck.fixture.Subject;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Acknowledged is on disk: whatever was returned is there after a crash, once and in its place. */
interface DurabilityContract extends StoreContract {

  @Test
  default void everythingIsThereAfterACrash(Subject subject) throws Exception {
    CellKey ann = new CellKey("account", "ann");
    byte[] content = subject.bytes(40_000);
    UUID blob = subject.staged(content);
    NewEntry entry = subject.text(1);
    subject.done(
        new Change(
            List.of(),
            entry,
            List.of(new CellWrite(ann, new byte[] {5})),
            List.of(new BlobCommit(blob, content.length)),
            List.of()));

    for (ChatStore store : List.of(subject.crash(), subject.reopen(), subject.crash())) {
      assertEquals(1, subject.store().stream(1).head(), store.description());
      Expect.entry(entry, 1, subject.store().after(1, 0, 10).getFirst());
      assertArrayEquals(new byte[] {5}, subject.store().cell(ann).orElseThrow().value());
      assertArrayEquals(content, subject.store().blob(blob, 0, content.length));
    }
  }

  @Test
  default void everyBatchIsThereAfterACrash(Subject subject) throws Exception {
    List<NewEntry> entries = new ArrayList<>();
    for (int batch = 1; batch <= 6; batch++) {
      entries.addAll(subject.fill(1, batch));

      List<Row> rows = subject.crash().after(1, 0, 200);

      assertEquals(entries.size(), rows.size());
      for (int i = 0; i < rows.size(); i++) {
        Expect.entry(entries.get(i), i + 1, rows.get(i));
      }
    }
  }
}
