// SPDX-License-Identifier: Apache-2.0
package chat.desktop;

import chat.cli.base.CliProgram;
import chat.cli.base.CommandProvider;
import chat.cli.base.CommandTree;
import chat.cli.base.ExitStatus;
import chat.client.text.KeyFingerprint;
import chat.client.text.ServerAddress;
import chat.desktop.model.platform.ThemeChoice;
import chat.desktop.model.text.Language;
import chat.protocol.Invitation;
import chat.protocol.PasswordReset;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** {@code chatroom client}: its options and their help, once for itself, completion and manual. */
@Command(
    name = ClientCommand.NAME,
    description = {
      "Open the client.",
      "%nWithout --server it connects to the server on this machine, if one runs, and trusts it."
    },
    exitCodeList = {
      "0:the windows were closed",
      "1:the profile can't be opened",
      "2:wrong usage",
      "3:there is no display to open a window on"
    })
final class ClientCommand implements Callable<ClientCommand> {
  static final String NAME = "client";

  @Option(
      names = "--server",
      paramLabel = "HOST[:PORT]",
      converter = Address.class,
      description = "Connect to this server. Default port: 7667.")
  private @Nullable ServerAddress server;

  @Option(
      names = "--profile",
      paramLabel = "NAME",
      converter = ProfileName.class,
      description =
          "Use the profile of this name. Default: default, or where another window uses that,"
              + " default-2 and so on.")
  private String profile = Options.DEFAULT_PROFILE;

  @Option(
      names = "--folder",
      paramLabel = "DIR",
      description = "Keep the profile in this folder instead.")
  private @Nullable Path folder;

  @Option(
      names = "--fingerprint",
      paramLabel = "HEX",
      converter = Fingerprint.class,
      description = "SHA-256 of the server's public key, known from elsewhere.")
  private String fingerprint = "";

  @Option(
      names = "--language",
      paramLabel = "en|zh",
      converter = Languages.class,
      description = "Language of the windows. Default: the system's.")
  private @Nullable Language language;

  @Option(
      names = "--theme",
      paramLabel = "light|dark|system",
      converter = Themes.class,
      description = "Colours of the windows. Default: what was chosen in them.")
  private @Nullable ThemeChoice theme;

  @Option(
      names = "--owner-invitation",
      paramLabel = "FILE",
      description =
          "Create the owner's account with the invitation in this file, if nobody is logged in. The"
              + " server writes one as long as nobody owns it; chatroom run takes it by itself.")
  private @Nullable Path ownerInvitation;

  @Parameters(
      arity = "0..1",
      paramLabel = "LINK",
      converter = Link.class,
      description =
          "An invitation (chatroom://...) or a link for a new password, for who is not logged in.")
  private @Nullable String link;

  @Option(names = "--safe-mode", description = "Start no plug-in, to look after them.")
  private boolean safeMode;

  /** Shows the command to completion and the manual. */
  public static final class Provider implements CommandProvider {
    @Override
    public List<Object> commands() {
      return List.of(new ClientCommand(), new PluginCommand());
    }
  }

  /**
   * Runs a line.
   *
   * @param base folder that holds the profiles
   * @param program is run unless the line asks for help or makes no sense; gives the exit code
   */
  static int run(
      List<String> arguments,
      Path base,
      PrintStream out,
      PrintStream err,
      ToIntFunction<Options> program) {
    CommandTree tree = new CommandTree().add(NAME, ClientCommand::new);
    List<String> words = new ArrayList<>(List.of(NAME));
    words.addAll(arguments);
    CliProgram.Line<ClientCommand> line =
        new CliProgram(tree, Map.of(), out, err, () -> ExitStatus.USAGE)
            .read(words, ClientCommand.class);
    return line.order() == null ? line.exit() : program.applyAsInt(line.order().options(base));
  }

  @Override
  public ClientCommand call() {
    return this;
  }

  private Options options(Path base) {
    return new Options(
        Optional.ofNullable(server),
        folder == null ? base.resolve(profile) : folder.toAbsolutePath(),
        fingerprint,
        Optional.ofNullable(language),
        Optional.ofNullable(theme),
        firstStep(),
        new PluginOptions(base.resolve(PluginOptions.FOLDER), safeMode));
  }

  private Optional<FirstStep> firstStep() {
    return link == null
        ? Optional.ofNullable(ownerInvitation).map(FirstStep.CreateOwner::new)
        : Optional.of(new FirstStep.Follow(link));
  }

  /** Reads an invitation or a link for a new password. */
  static final class Link implements ITypeConverter<String> {
    @Override
    public String convert(String value) {
      if (Invitation.parse(value).isEmpty() && PasswordReset.parse(value).isEmpty()) {
        throw new TypeConversionException("is no invitation and no link for a new password");
      }
      return value;
    }
  }

  /** Reads the address of a server. */
  static final class Address implements ITypeConverter<ServerAddress> {
    @Override
    public ServerAddress convert(String value) {
      return ServerAddress.parse(value)
          .orElseThrow(() -> new TypeConversionException("needs HOST[:PORT], not " + value));
    }
  }

  /** Reads the name of a profile, which becomes that of a folder. */
  static final class ProfileName implements ITypeConverter<String> {
    @Override
    public String convert(String value) {
      if (!value.matches("[\\p{L}\\p{N}][\\p{L}\\p{N}._-]{0,63}")) {
        throw new TypeConversionException("needs a name of letters, digits, . _ -, not " + value);
      }
      return value;
    }
  }

  /** Reads the hash of a key, with or without colons. */
  static final class Fingerprint implements ITypeConverter<String> {
    @Override
    public String convert(String value) {
      return KeyFingerprint.parse(value)
          .orElseThrow(
              () -> new TypeConversionException("needs 64 hexadecimal digits, not " + value));
    }
  }

  /** Reads a language. */
  static final class Languages implements ITypeConverter<Language> {
    @Override
    public Language convert(String value) {
      return choice(Language.values(), value);
    }
  }

  /** Reads a choice of colours. */
  static final class Themes implements ITypeConverter<ThemeChoice> {
    @Override
    public ThemeChoice convert(String value) {
      return choice(ThemeChoice.values(), value);
    }
  }

  private static <E extends Enum<E>> E choice(E[] all, String value) {
    for (E each : all) {
      if (word(each).equals(value)) {
        return each;
      }
    }
    throw new TypeConversionException(
        "is one of "
            + Arrays.stream(all).map(ClientCommand::word).collect(Collectors.joining(", "))
            + ", not "
            + value);
  }

  private static String word(Enum<?> each) {
    return each.name().toLowerCase(Locale.ROOT);
  }
}
