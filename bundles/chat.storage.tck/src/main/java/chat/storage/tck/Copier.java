// SPDX-License-Identifier: Apache-2.0
package chat.storage.tck;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import chat.storage.BlobState;
import chat.storage.Cell;
import chat.storage.CellKey;
import chat.storage.Change.BlobCommit;
import chat.storage.ChatStore;
import chat.storage.Part;
import chat.storage.Row;
import chat.storage.StorageException;
import java.util.List;
import java.util.UUID;

/** Copies a store that stands still, page by page. */
final class Copier {
  static final UUID ID = new UUID(8, 8);
  private static final int PAGE = 11;

  private Copier() {}

  /** All of a store into a new one; what is staged stays staged. */
  static void all(ChatStore from, ChatStore to, UUID source) throws StorageException {
    to.receive(ID, source);
    long after = Long.MIN_VALUE;
    for (List<Long> page = from.streams(after, 1); !page.isEmpty(); page = from.streams(after, 1)) {
      after = page.getLast();
      tail(from, to, after);
    }
    cells(from, to);
    blobs(from, to);
  }

  /** The entries of a stream that the copy lacks. */
  static void tail(ChatStore from, ChatStore to, long stream) throws StorageException {
    List<Row> page = from.after(stream, to.stream(stream).head(), PAGE);
    while (!page.isEmpty()) {
      List<Row.Entry> entries =
          page.stream().map(row -> assertInstanceOf(Row.Entry.class, row)).toList();
      to.restore(Part.ofEntries(entries, List.of()));
      page = from.after(stream, page.getLast().number(), PAGE);
    }
  }

  private static void cells(ChatStore from, ChatStore to) throws StorageException {
    List<Cell> page = from.cells(new CellKey("", ""), PAGE);
    while (!page.isEmpty()) {
      to.restore(Part.ofCells(page, List.of()));
      page = from.cells(page.getLast().key(), PAGE);
    }
  }

  private static void blobs(ChatStore from, ChatStore to) throws StorageException {
    List<BlobState> page = from.blobs(new UUID(0, 0), PAGE);
    while (!page.isEmpty()) {
      for (BlobState blob : page) {
        byte[] bytes = from.blob(blob.id(), 0, ChatStore.MAX_PIECE);
        to.stage(blob.id(), 0, bytes);
        if (blob.committed()) {
          to.restore(Part.ofBlobs(List.of(new BlobCommit(blob.id(), blob.length()))));
        }
      }
      page = from.blobs(page.getLast().id(), PAGE);
    }
  }
}
