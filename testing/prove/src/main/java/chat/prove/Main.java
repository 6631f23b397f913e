// SPDX-License-Identifier: Apache-2.0
package chat.prove;

import chat.cli.base.CliException;
import chat.prove.report.JsonReport;
import chat.prove.report.Report;
import chat.prove.report.ReportText;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** {@code chatroom prove}. */
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    PrintStream out =
        new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
    PrintStream err =
        new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
    System.exit(run(List.of(arguments), out, err).code());
  }

  static Exit run(List<String> arguments, PrintStream out, PrintStream err) {
    int code =
        Options.program(out, err)
            .run(Options.line(arguments), options -> prove((Options) options, out));
    return Exit.values()[code];
  }

  private static Exit prove(Options options, PrintStream out)
      throws CliException, IOException, InterruptedException {
    out.println(
        "Seed %d: %d clients register, then write %d messages a second"
            .formatted(options.disturbances().seed(), options.load().clients(), options.rate()));
    Report report = VerificationRun.run(options, out);
    out.print("\n" + ReportText.of(report));
    Optional<Path> json = options.report().json();
    if (json.isPresent()) {
      Files.writeString(json.get(), JsonReport.of(report));
    }
    return report.isFine() ? Exit.PROVED : Exit.WRONG;
  }
}
