// SPDX-License-Identifier: Apache-2.0
package chat.prove;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;

/** {@code chatroom prove}. */
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    PrintStream out =
        new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
    PrintStream err =
        new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
    System.exit(run(List.of(arguments), out, err).ordinal());
  }

  static Exit run(List<String> arguments, PrintStream out, PrintStream err) {
    if (arguments.contains("--help")) {
      out.print(Options.HELP);
      return Exit.PROVED;
    }
    try {
      Options options = Options.parse(arguments);
      out.println(
          "Seed %d: %d clients register, then write %d messages a second"
              .formatted(options.seed(), options.clients(), options.rate()));
      Report report = VerificationRun.run(options, out);
      out.print("\n" + ReportText.of(report));
      if (options.json().isPresent()) {
        Files.writeString(options.json().get(), Json.of(report));
      }
      return report.isFine() ? Exit.PROVED : Exit.WRONG;
    } catch (ProveException e) {
      err.println("chatroom prove: " + e.getMessage());
      if (e.exit() == Exit.USAGE) {
        err.println("chatroom prove --help tells more.");
      }
      return e.exit();
    } catch (IOException | IllegalStateException e) {
      err.println("chatroom prove: " + e.getMessage());
      return Exit.UNREACHABLE;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Exit.WRONG;
    }
  }
}
