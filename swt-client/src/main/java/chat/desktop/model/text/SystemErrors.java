// SPDX-License-Identifier: Apache-2.0
package chat.desktop.model.text;

import chat.client.ConnectionProblem;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Locale;

/** What the operating system has said, in the language of the windows. */
public final class SystemErrors {

  private SystemErrors() {}

  /** Why there is no connection; the words of a server stay as they are. */
  public static String connection(Texts texts, String reason) {
    return ConnectionProblem.said(reason)
        .map(problem ->
            texts.get(
                switch (problem) {
                  case REFUSED -> "lost.refused";
                  case UNKNOWN_HOST -> "lost.unknownHost";
                  case TIMED_OUT -> "lost.timedOut";
                  case UNREACHABLE -> "lost.unreachable";
                  case CLOSED -> "lost.closed";
                  case NOT_SECURE -> "lost.notSecure";
                }))
        .orElse(reason);
  }

  /** Why a file or folder can't be used; what is not known here stays as the system said it. */
  public static String disk(Texts texts, Throwable why) {
    String said =
        why instanceof FileSystemException file && file.getReason() != null
            ? file.getReason()
            : String.valueOf(why.getMessage());
    String known = said.toLowerCase(Locale.ROOT);
    if (known.contains("no space left") || known.contains("not enough space")) {
      return texts.get("disk.full");
    }
    if (known.contains("read-only")) {
      return texts.get("disk.readOnly");
    }
    if (why instanceof AccessDeniedException) {
      return texts.get("disk.denied");
    }
    return why instanceof NoSuchFileException ? texts.get("disk.missing") : said;
  }
}
