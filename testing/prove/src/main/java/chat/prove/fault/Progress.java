// SPDX-License-Identifier: Apache-2.0
package chat.prove.fault;

import chat.prove.client.Load;
import chat.prove.server.Waits;
import java.io.Console;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** Says how it goes: on a terminal on one line that changes, else now and then on a new one. */
public final class Progress implements AutoCloseable {
  private static final Duration TERMINAL = Duration.ofMillis(500);
  private static final Duration LOG = Duration.ofSeconds(5);

  private final PrintStream out;
  private final Load load;
  private final FaultInjector injector;
  private final boolean terminal;
  private final long start = System.nanoTime();
  private final Thread thread;

  public Progress(PrintStream out, Load load, FaultInjector injector) {
    this.out = out;
    this.load = load;
    this.injector = injector;
    Console console = System.console();
    this.terminal = console != null && console.isTerminal();
    this.thread = Thread.ofPlatform().name("progress").daemon().start(this::run);
  }

  private void run() {
    try {
      while (true) {
        Thread.sleep(terminal ? TERMINAL : LOG);
        out.print((terminal ? "\r" : "") + line() + (terminal ? "" : "\n"));
        out.flush();
      }
    } catch (InterruptedException e) {
      if (terminal) {
        out.println();
      }
    }
  }

  private String line() {
    return String.format(
        Locale.ROOT,
        "%4d s  %,d acknowledged, %d disturbances, longest pause %d ms, %d faults",
        TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start),
        load.pauses().answers(),
        injector.done().size(),
        load.longestPauseMillis(),
        load.violations().counts().values().stream().mapToLong(Long::longValue).sum());
  }

  @Override
  public void close() {
    thread.interrupt();
    Waits.join(thread);
  }
}
