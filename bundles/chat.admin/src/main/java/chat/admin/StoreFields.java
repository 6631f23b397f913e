// SPDX-License-Identifier: Apache-2.0
package chat.admin;

import chat.admin.command.Fields;
import chat.operations.Copy;
import chat.operations.CopyState;
import chat.operations.CurrentStore;
import chat.operations.Sealing;
import chat.operations.StoreInfo;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Stores and copies as fields of a result. */
final class StoreFields {
  private static final String STATE = "state";

  private StoreFields() {}

  static List<Map<String, Object>> of(List<StoreInfo> stores) {
    return stores.stream().map(StoreFields::of).toList();
  }

  private static Map<String, Object> of(StoreInfo store) {
    Fields fields = Fields.of("name", store.name()).with("engine", store.engine());
    switch (store.mode()) {
      case StoreInfo.Active active -> fields.with("mode", "active");
      case StoreInfo.Standby(long generation) ->
          fields.with("mode", "standby").with("generation", generation);
      case StoreInfo.Retired(var successor) ->
          fields.with("mode", "retired").with("successor", successor);
      case StoreInfo.UnfinishedCopy(var source) ->
          fields.with("mode", "unfinished-copy").with("source", source);
      case StoreInfo.Empty empty -> fields.with("mode", "empty");
      case StoreInfo.Unreadable(String why) -> fields.with("mode", "unreadable").with("why", why);
    }
    return fields.with("description", store.description()).map();
  }

  static Map<String, Object> of(CurrentStore store) {
    Fields fields =
        switch (store) {
          case CurrentStore.InUse used ->
              Fields.of("description", used.description()).with("generation", used.generation());
          case CurrentStore.Missing missing -> Fields.of("missing", missing.why());
        };
    return fields
        .with(
            "lastPause",
            store
                .lastPause()
                .map(pause ->
                    Fields.of("millis", pause.length().toMillis()).with("at", pause.at()).map()))
        .map();
  }

  static Map<String, Object> of(CopyState state) {
    return switch (state) {
      case CopyState.Idle(String note) -> Fields.of(STATE, "idle").with("note", note).map();
      case CopyState.Running(Copy copy, CopyState.Progress progress) ->
          Fields.of(STATE, "running")
              .with("of", of(copy))
              .with("phase", progress.phase())
              .with("entries", progress.entries())
              .with("entriesPlanned", progress.entriesPlanned())
              .with("fileBytes", progress.fileBytes())
              .with("fileBytesPlanned", progress.fileBytesPlanned())
              .with("millis", progress.time().toMillis())
              .map();
      case CopyState.Done(Copy copy, CopyState.Copied copied) -> done(copy, copied);
      case CopyState.Failed(Copy copy, String why) ->
          Fields.of(STATE, "failed").with("of", of(copy)).with("why", why).map();
      case CopyState.Cancelled(Copy copy) ->
          Fields.of(STATE, "cancelled").with("of", of(copy)).map();
    };
  }

  private static Map<String, Object> done(Copy copy, CopyState.Copied copied) {
    Fields fields =
        Fields.of(STATE, "done")
            .with("of", of(copy))
            .with("entries", copied.entries())
            .with("cells", copied.cells())
            .with("fileBytes", copied.fileBytes());
    copied.equalStreams().ifPresent(streams -> fields.with("equalStreams", streams));
    return fields
        .with("pauseMillis", copied.pause().map(Duration::toMillis))
        .with("backupTime", copied.backupTime())
        .map();
  }

  static Map<String, Object> of(Sealing sealing) {
    return Fields.of("running", sealing.running())
        .with("done", sealing.done())
        .with("planned", sealing.planned())
        .map();
  }

  private static Map<String, Object> of(Copy copy) {
    return switch (copy) {
      case Copy.Migration(String from, String to) ->
          Fields.of("kind", "migration").with("from", from).with("to", to).map();
      case Copy.Backup(Path file) -> Fields.of("kind", "backup").with("file", file).map();
      case Copy.Restoration(Path file, String store) ->
          Fields.of("kind", "restoration").with("file", file).with("store", store).map();
    };
  }
}
