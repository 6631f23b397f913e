// SPDX-License-Identifier: Apache-2.0
package chat.server.command.message;

import chat.server.base.Sha256;
import chat.server.store.SealedBlob;
import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The files that one session is sending or fetching. Only on the session's lane.
 *
 * <p>What is kept of a file is never more than a piece.
 */
public final class FileTransfers {
  /** Files that one session sends at a time. */
  static final int UPLOADS = 8;

  private final Map<UUID, Upload> uploads = new LinkedHashMap<>();
  private final ByteArrayOutputStream picture = new ByteArrayOutputStream();
  private @Nullable Download download;

  /**
   * A file on its way in: the bytes of the piece that is not full yet, and the hash of what came,
   * if all of it came in this session.
   */
  static final class Upload {
    private final MessageDigest sha = Sha256.digest();
    private final boolean resumed;
    private final PendingUpload offer;
    private final ByteArrayOutputStream piece = new ByteArrayOutputStream();
    private long staged;

    Upload(PendingUpload offer, long staged) {
      this.offer = offer;
      this.staged = staged;
      this.resumed = staged > 0;
    }

    PendingUpload offer() {
      return offer;
    }

    /** The clear bytes that have arrived. */
    long received() {
      return staged + piece.size();
    }

    ByteArrayOutputStream piece() {
      return piece;
    }

    /** The number of the piece that is being filled. */
    long pieceNumber() {
      return staged / SealedBlob.PIECE;
    }

    /** The piece, with these bytes, has been staged. */
    void pieceStaged(byte[] clear) {
      staged += clear.length;
      piece.reset();
      sha.update(clear);
    }

    /** SHA-256 of the whole file once it is staged; null if a part was staged before. */
    byte @Nullable [] sha256() {
      return resumed ? null : sha.digest();
    }
  }

  /** The file that was fetched last, and its last piece: the next request is likely for it. */
  record Download(long room, long number, SealedBlob blob, long pieceNumber, byte[] piece) {}

  /** What has come of a picture; nothing if it begins. */
  public ByteArrayOutputStream picture(boolean begins) {
    if (begins) {
      picture.reset();
    }
    return picture;
  }

  @Nullable Upload upload(UUID id) {
    return uploads.get(id);
  }

  boolean full() {
    return uploads.size() >= UPLOADS;
  }

  void begin(Upload upload) {
    uploads.put(upload.offer().id(), upload);
  }

  void end(UUID id) {
    uploads.remove(id);
  }

  @Nullable Download download() {
    return download;
  }

  void download(Download last) {
    download = last;
  }
}
