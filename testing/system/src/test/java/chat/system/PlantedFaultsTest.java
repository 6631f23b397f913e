// SPDX-License-Identifier: Apache-2.0
package chat.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.prove.VerificationRun;
import chat.prove.history.Violation;
import chat.prove.report.Report;
import chat.prove.server.ServerProcess;
import chat.system.FaultySource.Edit;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code chatroom prove} finds what breaks the promise, in real servers that break it. */
@Timeout(120)
class PlantedFaultsTest {
  private static final String STORE = "chat.storage.sqlite";
  private static final String LOGIC = "chat.server";

  /**
   * After the first of them, changes are answered when they are written, and not when they last.
   */
  private static final Edit[] ANSWERS_BEFORE_THE_COMMIT = {
    Edit.before(FaultPoint.STORE_WRITER_FIELDS, "private int commits;"),
    Edit.around(FaultPoint.STORE_BEGIN, "if (commits < 30) {", "}"),
    Edit.around(FaultPoint.STORE_COMMIT, "if (commits++ < 29) {", "}"),
  };

  private static final Edit[] DOES_NOT_KNOW_REPEATS = {
    Edit.within(FaultPoint.STORE_KNOWN_ENTRY, " ON CONFLICT (author, id) DO NOTHING", ""),
    Edit.within(FaultPoint.STORE_ENTRY_INDEX, "UNIQUE ", ""),
  };

  private static final Edit[] RESUMES_BEHIND_THE_NEXT = {
    Edit.after(FaultPoint.FEED_START, "if (cursor != null && view.resumed()) { from++; }"),
  };

  /** The copy is level, and then people write for a moment more before the stores change places. */
  private static final Edit[] CHANGES_OVER_WITHOUT_THE_GATE = {
    Edit.before(FaultPoint.HAND_OVER, "still(within, last); Thread.sleep(200);"),
    Edit.without(FaultPoint.HAND_OVER_LAST_STEP),
  };

  private static final Edit[] TELLS_OF_GAPS_EARLY = {
    Edit.within(FaultPoint.FEED_GAP_LIMIT, "10_000", "3"),
  };

  private static final String[] KILLS = {"--kill", "--swaps", "1"};
  private static final String[] CUTS = {"--cut", "--swaps", "30", "--every", "0.05"};

  /**
   * The store's own swap comes in two manners; one of them ends the store before the next begins.
   */
  private static final String[] SWAPS = {"--swap", "storage,storage-in-place", "--swaps", "2"};

  @TempDir Path folder;

  private Report prove(String part, Edit[] edits, String... disturbances)
      throws IOException, InterruptedException {
    try (ServerProcess server =
        ServerProcess.on(folder.resolve("data"), ServerProcess.Store.SQLITE)) {
      Exchange.secondStore(server);
      if (edits.length > 0) {
        server.install(part, FaultyBuild.of(part, folder, edits));
      }
      server.start();
      return proof(server, disturbances);
    }
  }

  private Report proof(ServerProcess server, String... disturbances)
      throws IOException, InterruptedException {
    List<String> load = List.of("--clients", "5", "--rate", "400", "--every", "1", "--seed", "1");
    String[] arguments = new String[load.size() + disturbances.length];
    load.toArray(arguments);
    System.arraycopy(disturbances, 0, arguments, load.size(), disturbances.length);
    return VerificationRun.of(server, folder, arguments);
  }

  private static void assertFound(Violation fault, Report report) {
    assertTrue(report.count(fault) > 0, () -> fault + " was not found: " + report);
  }

  @Test
  void anAnswerBeforeTheCommitIsFoundByAKill() throws IOException, InterruptedException {
    // One kill may come right behind the one commit in thirty that is carried out.
    assertFound(Violation.LOST, prove(STORE, ANSWERS_BEFORE_THE_COMMIT, "--kill", "--swaps", "3"));
  }

  @Test
  void aStoreThatKeepsSomethingInHandWhenItLeavesIsFoundByASwap()
      throws IOException, InterruptedException {
    assertFound(Violation.LOST, prove(STORE, ANSWERS_BEFORE_THE_COMMIT, SWAPS));
  }

  @Test
  void aSwapWithoutTheGateIsFoundByAMigration() throws IOException, InterruptedException {
    assertFound(
        Violation.LOST,
        prove(LOGIC, CHANGES_OVER_WITHOUT_THE_GATE, "--swap", "migrate", "--swaps", "1"));
  }

  @Test
  void aStoreThatDoesNotKnowRepeatsIsFoundByCuts() throws IOException, InterruptedException {
    assertFound(Violation.DOUBLED, prove(STORE, DOES_NOT_KNOW_REPEATS, CUTS));
  }

  @Test
  void aResumeThatSkipsOneIsFoundByCuts() throws IOException, InterruptedException {
    assertFound(Violation.MISSING, prove(LOGIC, RESUMES_BEHIND_THE_NEXT, CUTS));
  }

  @Test
  void whatIsBehindAGapMarkerIsFetchedAndNotMissing() throws IOException, InterruptedException {
    Report report = prove(LOGIC, TELLS_OF_GAPS_EARLY, CUTS);
    assertEquals(List.of(), report.examples());
    assertTrue(report.gapMarkers() > 0, "nobody was told of a gap");
  }

  @Test
  void nothingIsFoundInTheRealServer() throws IOException, InterruptedException {
    try (ServerProcess server =
        ServerProcess.on(folder.resolve("data"), ServerProcess.Store.SQLITE)) {
      server.start();
      for (String[] disturbances : List.of(CUTS, KILLS, SWAPS)) {
        Report report = proof(server, disturbances);
        assertEquals(List.of(), report.examples());
        assertTrue(report.acknowledged() > 100, "there was no load: " + report);
      }
    }
  }
}
