// SPDX-License-Identifier: Apache-2.0
package chat.desktop.ui;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.eclipse.swt.SWT;
import org.eclipse.swt.SWTError;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Image;
import org.eclipse.swt.graphics.ImageLoader;
import org.eclipse.swt.graphics.Rectangle;
import org.eclipse.swt.widgets.Display;
import org.eclipse.swt.widgets.Shell;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The thread of the windows, for tests: the test thread asks through it and waits for conditions.
 * One thread and one Display serve the whole JVM, because GTK bears no second one. After each test
 * all windows are closed; a failed test leaves a picture in {@code target/screens}, and a fault in
 * a listener fails the test.
 */
public final class Ui implements BeforeEachCallback, AfterTestExecutionCallback, AfterEachCallback {
  private static final long PATIENCE_SECONDS = 15;
  private static final CompletableFuture<Display> DISPLAY = new CompletableFuture<>();
  private static final ConcurrentLinkedQueue<Throwable> FAULTS = new ConcurrentLinkedQueue<>();

  static {
    Thread.ofPlatform().name("ui").daemon().start(Ui::loop);
  }

  private static void loop() {
    Display display;
    try {
      display = new Display();
    } catch (SWTError | UnsatisfiedLinkError e) {
      DISPLAY.completeExceptionally(e);
      return;
    }
    DISPLAY.complete(display);
    while (!display.isDisposed()) {
      try {
        if (!display.readAndDispatch()) {
          display.sleep();
        }
      } catch (RuntimeException | Error e) {
        FAULTS.add(e);
      }
    }
  }

  /** The one Display; without a screen the test fails and says what to do. */
  public static Display display() {
    try {
      return DISPLAY.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError(
          "These tests open real windows and need a display: run them with"
              + " xvfb-run -a -s \"-screen 0 1400x900x24\" dbus-run-session -- mvn ...",
          e);
    }
  }

  public static <T> T ask(Callable<T> question) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    display()
        .syncExec(() -> {
          try {
            answer.complete(question.call());
          } catch (Throwable e) {
            answer.completeExceptionally(e);
          }
        });
    try {
      return answer.join();
    } catch (java.util.concurrent.CompletionException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw e;
    }
  }

  public static void run(Runnable action) {
    ask(() -> {
      action.run();
      return true;
    });
  }

  /** Waits until something holds in the thread of the windows. */
  public static void await(String what, BooleanSupplier condition) {
    await(what, PATIENCE_SECONDS, condition);
  }

  /** The same, with another patience. */
  public static void await(String what, long seconds, BooleanSupplier condition) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    while (!ask(condition::getAsBoolean)) {
      if (System.nanoTime() > end) {
        throw new AssertionError("did not happen: " + what);
      }
      LockSupport.parkNanos(5_000_000);
    }
  }

  /** Paints everything that is due and waits for it. */
  public static void settle() {
    run(() -> {
      for (Shell shell : display().getShells()) {
        shell.update();
      }
      while (display().readAndDispatch()) {
        // until nothing is due
      }
    });
  }

  /** Writes a picture of the screen. */
  public static void picture(Path file) throws Exception {
    Files.createDirectories(file.getParent());
    run(() -> {
      Rectangle screen = display().getBounds();
      Image image = new Image(display(), screen.width, screen.height);
      GC gc = new GC(display());
      gc.copyArea(image, 0, 0);
      gc.dispose();
      ImageLoader loader = new ImageLoader();
      loader.data = new org.eclipse.swt.graphics.ImageData[] {image.getImageData()};
      loader.save(file.toString(), SWT.IMAGE_PNG);
      image.dispose();
    });
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    display();
    FAULTS.clear();
  }

  /** Before the test closes what it opened. */
  @Override
  public void afterTestExecution(ExtensionContext context) throws Exception {
    if (context.getExecutionException().isPresent()) {
      String name = context.getRequiredTestClass().getSimpleName();
      picture(
          Path.of(
              "target/screens", name + "-" + context.getRequiredTestMethod().getName() + ".png"));
    }
  }

  @Override
  public void afterEach(ExtensionContext context) {
    run(() -> {
      for (Shell shell : display().getShells()) {
        if (!shell.isDisposed()) {
          shell.dispose();
        }
      }
    });
    Throwable fault = FAULTS.poll();
    if (fault != null) {
      throw new AssertionError("a fault in the thread of the windows", fault);
    }
  }
}
