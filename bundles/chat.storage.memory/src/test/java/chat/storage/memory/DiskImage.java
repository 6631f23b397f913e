// SPDX-License-Identifier: Apache-2.0
package chat.storage.memory;

import chat.storage.memory.MemoryDisk.KeptBlob;
import chat.storage.memory.MemoryDisk.KeptCell;
import chat.storage.memory.MemoryDisk.Place;
import chat.storage.memory.MemoryDisk.Stream;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** What a memory disk held at one moment, so that a broken store can lose what came after. */
final class DiskImage {
  private final Map<Long, Stream> streams = new HashMap<>();
  private final Map<MemoryDisk.EntryId, Place> places;
  private final Map<String, TreeMap<String, KeptCell>> spaces = new HashMap<>();
  private final Map<UUID, KeptBlob> blobs;

  DiskImage(MemoryDisk disk) {
    disk.streams.forEach((number, stream) -> streams.put(number, copy(stream)));
    disk.spaces.forEach((name, cells) -> spaces.put(name, new TreeMap<>(cells)));
    places = Map.copyOf(disk.places);
    blobs = Map.copyOf(disk.blobs);
  }

  private static Stream copy(Stream stream) {
    Stream copy = new Stream();
    copy.rows.addAll(stream.rows);
    copy.digest = stream.digest;
    copy.time = stream.time;
    return copy;
  }

  void putBack(MemoryDisk disk) {
    replace(disk.streams, streams);
    replace(disk.spaces, spaces);
    replace(disk.places, places);
    replace(disk.blobs, blobs);
  }

  private static <K, V> void replace(Map<K, V> target, Map<K, V> source) {
    target.clear();
    target.putAll(source);
  }
}
