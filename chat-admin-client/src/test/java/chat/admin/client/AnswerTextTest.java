// SPDX-License-Identifier: Apache-2.0
package chat.admin.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** What people read. */
class AnswerTextTest {
  private static final String STATUS =
      """
      {"version": "0.2.0", "uptimeSeconds": 7, "health": {"state": "ready"},
      "server": {"since": "S", "sessions": 1, "online": 1, "accounts": 2, "rooms": 3,
      "entries": 4, "journal": {"waiting": 0, "waitingBytes": 0, "committed": 5,
      "batches": 5, "stalledMillis": 0},
      "load": {"heapBytes": 104857600, "heapMost": 536870912, "passwordsWaiting": 1,
      "searchesWaiting": 2, "readsWaiting": 3, "refusals": {"BUSY": 4}}},
      "store": {"description": "SQLite in x", "generation": 2,
      "lastPause": {"millis": 9, "at": "P"}},
      "stores": [{"name": "a", "engine": "sqlite", "mode": "unfinished-copy",
      "source": "u", "description": "there"}],
      "copy": {"state": "idle", "note": ""},
      "listeners": [{"name": "native", "address": "h:1", "fingerprint": "ff",
      "warning": "no TLS"}],
      "parts": [{"name": "chat.server", "version": "0.2.0", "state": "active",
      "since": "T"}],
      "lastExchange": "swap x", "problems": ["a file: wrong"]}
      """;

  private static String text(String command, String result) throws IOException {
    return AnswerText.of(
        AdminAnswer.of("{\"command\":\"%s\",\"exit\":0,\"result\":%s}".formatted(command, result)));
  }

  @Test
  void statusIsLinesOfAKeyAndAValue() throws IOException {
    String status = text("status", STATUS);
    assertEquals(
        """
        version 0.2.0
        uptime 7 s
        health ready
        server.since S
        sessions 1
        online 1
        accounts 2
        rooms 3
        entries 4
        store SQLite in x, generation 2
        store.lastPause 9 ms at P
        stores a sqlite unfinished copy of u there
        copying idle: no copy was made yet
        journal.waiting 0
        journal.waitingBytes 0
        journal.committed 5
        journal.batches 5
        journal.stalledMillis 0
        memory 100 of 512 MiB
        waiting 1 log-ins, 2 searches, 3 readers
        refused.BUSY 4
        listener native h:1 ff
        warning listener native: no TLS
        bundle chat.server 0.2.0 active since T
        lastSwap swap x
        problem a file: wrong\
        """
            .stripIndent(),
        status);
  }

  @Test
  void aServerThatHasNotBegunHasAStatusToo() throws IOException {
    assertEquals(
        "version 0.2.0\nuptime 1 s\nhealth waiting: the store",
        text(
            "status",
            """
            {"version": "0.2.0", "uptimeSeconds": 1,
             "health": {"state": "waiting", "why": "the store"}}
            """));
  }

  @Test
  void aCopyHasItsProgressInALine() throws IOException {
    String copying =
        text(
            "copying",
            """
            {"copy": {"state": "running", "of": {"kind": "migration", "from": "a", "to": "b"},
             "phase": "copying messages", "entries": 500, "entriesPlanned": 1500,
             "fileBytes": 2097152, "fileBytesPlanned": 2097152, "millis": 1000}}
            """);
    assertEquals(
        "running: migration from a to b, copying messages: 500 of 1,500 messages and events"
            + " (500/s), 2 of 2 MB of files (2.0 MB/s), about 0:02 left",
        copying);
    assertTrue(
        text("copying", "{\"copy\": {\"state\": \"running\", \"entriesPlanned\": 5}}")
            .endsWith("time left not known yet"));
    assertEquals(
        "done: backup in /b: 3 messages and events, 2 cells, 0 MB of files",
        text(
            "copying",
            """
            {"copy": {"state": "done", "of": {"kind": "backup", "file": "/b"}, "entries": 3,
             "cells": 2, "fileBytes": 0}}
            """));
  }

  @Test
  void whatWasExchangedIsSaidInALine() throws IOException {
    assertEquals(
        "swap chat.storage.sqlite 0.2.0 -> 0.2.1 overlapped, took over within 3 ms, in 90 ms",
        text(
            "swap",
            """
            {"part": "chat.storage.sqlite", "from": "0.2.0", "to": "0.2.1", "how": "overlapped",
             "pauseMillis": 3, "millis": 90}
            """));
    assertEquals(
        "upgrade /r: 3 parts in 4 ms, back with: upgrade /p\n"
            + "not exchanged, because it takes a restart with the new release: netty.jar",
        text(
            "upgrade",
            """
            {"release": "/r", "parts": 3, "millis": 4, "previous": "/p",
             "restartFor": ["netty.jar"]}
            """));
    assertEquals(
        "nothing to exchange: this release runs already",
        text("upgrade", "{\"release\": \"/r\", \"parts\": 0, \"restartFor\": []}"));
  }

  @Test
  void invitationsAreALineEach() throws IOException {
    assertEquals("there are no invitations", text("invitations", "{\"invitations\": []}"));
    assertEquals(
        "abc uses 1 until ever as OWNER\ndef uses 5 until E",
        text(
            "invitations",
            """
            {"invitations": [{"id": "abc", "uses": 1, "role": "OWNER"},
             {"id": "def", "uses": 5, "end": "E", "role": "MEMBER"}]}
            """));
  }

  @Test
  void whatIsNotKnownIsShownAsItCame() throws IOException {
    assertTrue(text("later", "{\"x\": 1}").contains("{\"x\": 1}"));
  }
}
