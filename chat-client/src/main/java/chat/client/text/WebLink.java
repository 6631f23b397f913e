// SPDX-License-Identifier: Apache-2.0
package chat.client.text;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.nibor.autolink.LinkExtractor;
import org.nibor.autolink.LinkSpan;
import org.nibor.autolink.LinkType;

/**
 * A part of a text that leads to the web, or to a message of a server: the one definition of a
 * link, for windows and for exports. Punctuation behind an address is not part of it, and neither
 * are Chinese characters, because those are written without a space around the address, nor what no
 * address has.
 */
public record WebLink(int start, int end, String address) {
  private static final LinkExtractor ADDRESSES =
      LinkExtractor.builder().linkTypes(EnumSet.of(LinkType.URL)).build();
  private static final Pattern SCHEME =
      Pattern.compile("(?i)https?://.+|chatroom://[^/]+/room/\\d+/message/\\d+", Pattern.DOTALL);

  /** A part of a text in which an address may be; the last ones turn the direction of reading. */
  private static final Pattern CANDIDATE =
      Pattern.compile(
          "[^\\s<>\"`\\\\\\p{Cntrl}\\p{IsHan}，。！？、）"
              + "\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069]+");

  /** The links of a text, in its order. */
  public static List<WebLink> in(String text) {
    List<WebLink> links = new ArrayList<>();
    Matcher candidate = CANDIDATE.matcher(text);
    while (candidate.find()) {
      for (LinkSpan span : ADDRESSES.extractLinks(candidate.group())) {
        int start = candidate.start() + span.getBeginIndex();
        int end = candidate.start() + span.getEndIndex();
        String address = text.substring(start, end);
        if (SCHEME.matcher(address).matches()) {
          links.add(new WebLink(start, end, address));
        }
      }
    }
    return links;
  }
}
