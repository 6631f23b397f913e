// SPDX-License-Identifier: Apache-2.0
package chat.desktop.model.app;

import chat.client.Link;
import chat.desktop.model.text.SystemErrors;
import chat.desktop.model.text.Texts;
import java.time.Duration;
import java.time.Instant;

/** What the strip at the foot of the window says about the connection. */
public record LinkStatus(Tone tone, String text, boolean canRetry) {

  /** How it is to be taken. */
  public enum Tone {
    GOOD,
    WAITING,
    BAD
  }

  /** The truth about a link at a moment. */
  public static LinkStatus of(Link link, String server, Instant now, Texts texts) {
    return switch (link) {
      case Link.Idle _ -> new LinkStatus(Tone.WAITING, texts.get("link.idle"), true);
      case Link.Connecting(String host, int port) ->
          new LinkStatus(Tone.WAITING, texts.get("link.connecting", host + ":" + port), false);
      case Link.Untrusted _ -> new LinkStatus(Tone.BAD, texts.get("link.untrusted"), false);
      case Link.KeyChanged _ -> new LinkStatus(Tone.BAD, texts.get("link.changed"), true);
      case Link.Connected _ -> new LinkStatus(Tone.WAITING, texts.get("link.entering"), false);
      case Link.Online(String protocol) ->
          new LinkStatus(Tone.GOOD, texts.get("link.online", server, protocol), false);
      case Link.Lost(String reason, Instant nextTry) -> {
        long seconds = Math.max(0, Math.ceilDiv(Duration.between(now, nextTry).toMillis(), 1000L));
        yield new LinkStatus(
            Tone.BAD,
            texts.get("link.lost", SystemErrors.connection(texts, reason), seconds),
            true);
      }
    };
  }
}
