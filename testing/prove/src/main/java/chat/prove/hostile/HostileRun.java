// SPDX-License-Identifier: Apache-2.0
package chat.prove.hostile;

import chat.prove.Attackers;
import chat.prove.measure.LatencySummary;
import chat.prove.report.AttackResult;
import chat.prove.report.AttackResult.Cost;
import chat.prove.server.ServerProcess;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Attacks one after another, each beside the same people, with a time of quiet behind it.
 *
 * <p>Others' answers may take, at the 99th percentile, twice as long as before the first attack, or
 * 250 ms; of right log-ins 95 % get in; the heap comes back.
 */
public final class HostileRun implements Attackers {
  private static final Duration BASELINE = Duration.ofSeconds(15);
  private static final Duration WARM_UP = Duration.ofSeconds(8);
  private static final Duration QUIET = Duration.ofSeconds(5);
  private static final long BEARABLE_NANOS = 250_000_000;
  private static final double RIGHT = 0.95;
  private static final long HEAP = 64L << 20;
  private static final long REFUSALS_PERCENT = 2;

  private static final Duration BEGIN = Duration.ofSeconds(1);

  /** Attacks for which it does not matter how much the server holds. */
  private static final List<String> STRANGERS =
      List.of(
          "long-names",
          "tls-hellos",
          "dhe-hellos",
          "half-open",
          "password-flood",
          "lock-out",
          "enumeration",
          "classic-silent");

  private final Map<String, Attack> attacks = new LinkedHashMap<>();
  private final Ground ground = new Ground();

  /** With every attack that there is. */
  public HostileRun() {
    attacks.put("long-names", new LongNames());
    attacks.put("tls-hellos", new TlsHellos("x25519"));
    attacks.put("dhe-hellos", new TlsHellos("ffdhe8192"));
    attacks.put("half-open", new HalfOpen());
    attacks.put("password-flood", new PasswordFlood());
    attacks.put("lock-out", new LockOut());
    attacks.put("enumeration", new Enumeration());
    attacks.put("classic-silent", new ClassicSilent());
    attacks.put("at-signs", new AtSigns());
    attacks.put("unread-answers", UnreadAnswers.toHistory());
    attacks.put("silent-readers", UnreadAnswers.toSync());
    attacks.put("forwards", new Forwards());
    attacks.put("searches", new Searches());
    attacks.put("deletion-guesses", new DeletionGuesses());
    attacks.put("lists", new Lists());
    attacks.put("largest", new Largest());
  }

  @Override
  public List<String> names() {
    return List.copyOf(attacks.keySet());
  }

  @Override
  public void prepare(ServerProcess server, List<String> wanted)
      throws IOException, InterruptedException {
    ground.fill(server, !STRANGERS.containsAll(wanted));
  }

  @Override
  public List<AttackResult> run(ServerProcess server, Round round)
      throws IOException, InterruptedException {
    List<AttackResult> results = new ArrayList<>();
    try (Crowd crowd = new Crowd(server, ground, round.rule())) {
      Thread.sleep(round.rule() == Rule.TIMES ? WARM_UP : BEGIN);
      crowd.latencies().take();
      crowd.logIns().take();
      Thread.sleep(round.rule() == Rule.TIMES ? BASELINE : BEGIN);
      AttackResult baseline =
          result("", crowd, new Cost(0, 0, 0), "", List.of(), HeapProbe.collected(server));
      results.add(baseline);
      for (String name : round.attacks()) {
        crowd.latencies().take();
        crowd.logIns().take();
        AttackResult result = attack(server, name, crowd, round);
        results.add(judged(result, baseline, round.rule()));
        AttackResult last = results.getLast();
        round
            .out()
            .println(
                "  "
                    + name
                    + (last.verdict().faults().isEmpty() ? "" : ": " + last.verdict().faults()));
      }
    }
    return results;
  }

  private AttackResult attack(ServerProcess server, String name, Crowd crowd, Round round)
      throws IOException, InterruptedException {
    try (Target target = new Target(server, ground, round.rule(), round.each())) {
      Thread attacker = Thread.ofPlatform().name(name).daemon().start(() -> attack(name, target));
      if (!attacker.join(round.each())) {
        target.close();
        attacker.join();
      }
      AttackResult result =
          result(
              name,
              crowd,
              target.cost(),
              target.note(),
              target.faults(),
              HeapProbe.collected(server));
      Thread.sleep(round.rule() == Rule.TIMES ? QUIET : BEGIN);
      return after(result, HeapProbe.collected(server));
    }
  }

  private void attack(String name, Target target) {
    try {
      Attack attack = attacks.get(name);
      if (attack != null) {
        attack.run(target);
      }
    } catch (IOException e) {
      target.note("did not begin: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static AttackResult result(
      String name, Crowd crowd, Cost cost, String note, List<String> faults, long heap) {
    Latencies.Measured measured = crowd.latencies().take();
    LogIns.Counted logIns = crowd.logIns().take();
    return new AttackResult(
        name,
        cost,
        measured.times(),
        measured.refusals(),
        new AttackResult.LogIns(logIns.tried(), logIns.right()),
        new AttackResult.Heap(heap, heap),
        new AttackResult.Verdict(
            logIns.lastFailure().isEmpty()
                ? note
                : (note + " a log-in failed: " + logIns.lastFailure()).strip(),
            faults));
  }

  private static AttackResult after(AttackResult result, long heap) {
    return result.withHeapAfter(heap);
  }

  private static AttackResult judged(AttackResult result, AttackResult baseline, Rule rule) {
    List<String> faults = new ArrayList<>(result.verdict().faults());
    if (rule == Rule.TIMES) {
      faults.addAll(late(result, baseline));
    }
    if (result.logIns().right() < RIGHT * result.logIns().tried()) {
      faults.add(
          "%d of %d right log-ins got in"
              .formatted(result.logIns().right(), result.logIns().tried()));
    }
    if (baseline.heap().after() > 0 && result.heap().after() > baseline.heap().after() + HEAP) {
      faults.add(
          "the heap keeps %d MB more"
              .formatted((result.heap().after() - baseline.heap().after()) >> 20));
    }
    return result.withFaults(faults);
  }

  private static List<String> late(AttackResult result, AttackResult baseline) {
    List<String> faults = new ArrayList<>();
    baseline
        .times()
        .forEach((asked, before) -> {
          LatencySummary during = result.times().getOrDefault(asked, LatencySummary.NONE);
          long bound = Math.max(2 * before.p99(), BEARABLE_NANOS);
          if (during.count() == 0) {
            faults.add("nobody got an answer to a " + asked);
          } else if (during.p99() > bound && !asked.equals(LogIns.WHAT)) {
            faults.add(
                "p99 of a %s is %d ms, may be %d ms"
                    .formatted(asked, during.p99() / 1_000_000, bound / 1_000_000));
          }
        });
    long answers = result.times().values().stream().mapToLong(LatencySummary::count).sum();
    if (result.refusals() * 100 > answers * REFUSALS_PERCENT) {
      faults.add("%d questions of others were refused".formatted(result.refusals()));
    }
    return faults;
  }
}
