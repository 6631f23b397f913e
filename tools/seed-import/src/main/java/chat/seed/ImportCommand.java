// SPDX-License-Identifier: Apache-2.0
package chat.seed;

import chat.cli.base.CommandProvider;
import chat.cli.base.DataOption;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** {@code import}: one command for each kind of file that there is something to import from. */
@Command(name = ImportCommand.NAME, description = "Import what another chat room has.")
final class ImportCommand {
  static final String NAME = "import";

  /** What is imported, and how. */
  record Order(Path file, Path data, ZoneId zone, Map<String, String> names, boolean reorders) {}

  /** Shows the command to completion and the manual. */
  public static final class Provider implements CommandProvider {
    @Override
    public List<Object> commands() {
      return List.of(new ImportCommand());
    }
  }

  /** Another name for somebody. */
  record Renaming(String old, String name) {
    /** Reads OLD=NEW. */
    static final class Converter implements ITypeConverter<Renaming> {
      @Override
      public Renaming convert(String value) {
        int equals = value.indexOf('=');
        if (equals < 1 || equals == value.length() - 1) {
          throw new TypeConversionException("needs OLD=NEW, not " + value);
        }
        return new Renaming(value.substring(0, equals), value.substring(equals + 1));
      }
    }
  }

  /** Reads the name of a time zone. */
  static final class Zone implements ITypeConverter<ZoneId> {
    @Override
    public ZoneId convert(String value) {
      try {
        return ZoneId.of(value);
      } catch (DateTimeException e) {
        throw new TypeConversionException(
            "needs a time zone, and there is no time zone " + value + ": " + e.getMessage());
      }
    }
  }

  @Command(
      description = {
        "Import the database of the original Python chat room (database.db).",
        "%nUsers with their passwords, friends, messages and files for everybody and private"
            + " messages are imported, with their times and in their order. The server goes on"
            + " while this is done. What is there already stays as it is: the same line again"
            + " imports only what is new. At the end it prints what was imported, and what was"
            + " refused and why."
      },
      exitCodeList = {"0:done; see what was refused", "1:it broke off", "2:wrong usage"})
  Order seed(
      @Parameters(paramLabel = "FILE", description = "The database.") Path file,
      @Mixin DataOption data,
      @Option(
              names = "--zone",
              paramLabel = "ZONE",
              converter = Zone.class,
              description =
                  "The time zone of the times in the file, such as Asia/Shanghai. Default: that of"
                      + " this machine.")
          @Nullable ZoneId zone,
      @Option(
              names = "--as",
              paramLabel = "OLD=NEW",
              converter = Renaming.Converter.class,
              description = "Import a person under another name; may be given several times.")
          Renaming @Nullable [] renamings,
      @Option(
              names = "--reorder",
              description =
                  "Also put right what version 0.1 imported in another order than the file has: such"
                      + " a message becomes the newest of its room, with the time that it has.")
          boolean reorders) {
    Map<String, String> names = new LinkedHashMap<>();
    if (renamings != null) {
      for (Renaming each : renamings) {
        names.put(each.old, each.name);
      }
    }
    return new Order(
        file,
        data.folder(System.getenv()),
        zone == null ? ZoneId.systemDefault() : zone,
        names,
        reorders);
  }
}
