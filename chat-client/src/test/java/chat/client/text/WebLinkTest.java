// SPDX-License-Identifier: Apache-2.0
package chat.client.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WebLinkTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      nullValues = "-",
      value = {
        "see https://example.org/a.|https://example.org/a",
        "(https://example.org/a_(b))|https://example.org/a_(b)",
        "(http://example.org)|http://example.org",
        "see chatroom://a.org:7667/room/1/message/8.|chatroom://a.org:7667/room/1/message/8",
        "join chatroom://a.org:7667/00ff|-",
        "看https://example.org/x，好|https://example.org/x",
        "https://a.org/x.好的|https://a.org/x",
        "HTTPS://Example.org/x!|HTTPS://Example.org/x",
        "https://a.example/?b=1&c=\"d|https://a.example/?b=1&c=",
        "<https://a.org/b> 'https://b.org'|https://a.org/b https://b.org",
        "https://a.org/x\\y `https://b.org`|https://a.org/x https://b.org",
        "https://a.org/\u202egpj.exe|https://a.org/",
        "https://user:pw@h.org:80/p?q#f,|https://user:pw@h.org:80/p?q#f",
        "javascript:alert(1) file:///etc/passwd ftp://a.org www.a.org a@b.org|-",
        "https://|-"
      })
  void anAddressIsFoundAsPeopleWriteIt(String text, String links) {
    assertEquals(
        links == null ? "" : links,
        WebLink.in(text).stream().map(WebLink::address).collect(Collectors.joining(" ")));
  }

  @Test
  void itSaysWhereItStands() {
    assertEquals(
        List.of(new WebLink(3, 16, "https://a.org"), new WebLink(20, 32, "http://b.org")),
        WebLink.in("to https://a.org or http://b.org"));
  }

  @Test
  void aLongTextIsReadInTime() {
    String text = "https://".repeat(8_000) + "(".repeat(60_000) + "h".repeat(60_000);
    Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(5), () -> assertTrue(WebLink.in(text).size() < 8_000));
  }
}
