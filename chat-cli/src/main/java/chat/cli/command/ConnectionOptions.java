// SPDX-License-Identifier: Apache-2.0
package chat.cli.command;

import chat.cli.base.Bounds;
import chat.cli.base.CliException;
import chat.cli.base.Environment;
import chat.client.ClientConfig;
import chat.client.text.KeyFingerprint;
import chat.client.text.ServerAddress;
import chat.protocol.Invitation;
import chat.protocol.PasswordReset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/**
 * Which server and which account a command is for. Of the options that say where the server is and
 * how it is known, the last one counts; all of them win over the environment.
 */
@Command(
    optionListHeading = "Connection",
    exitCodeList = {
      "0:done",
      "1:refused or failed; standard error says why",
      "2:wrong usage",
      "3:the server can't be reached",
      "4:the server's key is not trusted"
    })
public final class ConnectionOptions {
  static final String PASSWORD_VARIABLE = "CHATROOM_PASSWORD";

  private ServerAddress server = new ServerAddress("localhost", ClientConfig.DEFAULT_PORT);
  private String fingerprint = "";
  private String invitation = "";
  private String passwordFromEnvironment = "";

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "The account's name; or set CHATROOM_NAME.")
  @Environment("CHATROOM_NAME")
  private String name = "";

  @Option(
      names = "--password-file",
      paramLabel = "FILE",
      description =
          "The password is the first line of this file; or set CHATROOM_PASSWORD_FILE, or"
              + " CHATROOM_PASSWORD to the password itself. Needed once: from then on the profile"
              + " keeps a token.")
  @Environment("CHATROOM_PASSWORD_FILE")
  private @Nullable Path passwordFile;

  @Option(
      names = "--code",
      paramLabel = "CODE",
      description =
          "What the authenticator shows, or a recovery code, for a log-in to an account with a second"
              + " factor. Needed once, as the password.")
  private String code = "";

  @Option(names = "--register", description = "Create the account if nobody is logged in yet.")
  private boolean register;

  @Option(
      names = "--trust",
      description = "Accept the key that the server shows when it is contacted for the first time.")
  private boolean trust;

  @Option(
      names = "--profile",
      paramLabel = "DIR",
      description =
          "Where the token and unsent messages are kept."
              + "%nDefault: ~/.local/share/chatroom/cli/NAME@HOST_PORT.")
  private @Nullable Path profile;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "20",
      description = "How long to try to reach the server. Default: 20.")
  @Bounds(min = 1, max = 1_000_000)
  private int timeout = 20;

  @Option(
      names = "--server",
      order = -2,
      paramLabel = "HOST:PORT",
      converter = AddressConverter.class,
      description = "The server's address; or set CHATROOM_SERVER. Default: localhost:7667.")
  @Environment("CHATROOM_SERVER")
  void server(@Nullable ServerAddress address) {
    server = address == null ? server : address;
  }

  @Option(
      names = "--invitation",
      order = 1,
      paramLabel = "LINK",
      description = "Register with this invitation, on the server that it names.")
  void invitation(@Nullable String link) {
    if (link == null) {
      return;
    }
    invitation = link.strip();
    Invitation.parse(link)
        .ifPresent(parts -> {
          server = new ServerAddress(parts.host(), parts.port());
          fingerprint = parts.fingerprint();
          invitation = parts.code();
        });
  }

  @Option(
      names = "--fingerprint",
      order = 2,
      paramLabel = "HEX",
      converter = FingerprintConverter.class,
      description = "SHA-256 of the server's public key, as its operator tells it.")
  void fingerprint(@Nullable String digits) {
    fingerprint = digits == null ? fingerprint : digits;
  }

  /** A link to set a new password says where the server is and how it is known. */
  void reach(PasswordReset link) {
    server = new ServerAddress(link.host(), link.port());
    fingerprint = link.fingerprint();
  }

  /** Reads an address. */
  static final class AddressConverter implements ITypeConverter<ServerAddress> {
    @Override
    public ServerAddress convert(String value) {
      // Where a port may follow, an IPv6 address is in brackets.
      return ServerAddress.parse(value)
          .filter(address -> value.startsWith("[") || !address.host().contains(":"))
          .orElseThrow(() -> new TypeConversionException("needs HOST:PORT, not " + value));
    }
  }

  /** Reads 64 hex digits, with colons or without. */
  static final class FingerprintConverter implements ITypeConverter<String> {
    @Override
    public String convert(String value) {
      return KeyFingerprint.parse(value)
          .orElseThrow(() -> new TypeConversionException("needs 64 hex digits"));
    }
  }

  /** Takes the password of the environment, and checks that there is an account to speak of. */
  public void complete(Map<String, String> environment) throws CliException {
    passwordFromEnvironment = environment.getOrDefault(PASSWORD_VARIABLE, "");
    if (name.isEmpty() && profile == null) {
      throw CliException.usage("which account? give --name NAME or set CHATROOM_NAME");
    }
  }

  public String host() {
    return server.host();
  }

  public int port() {
    return server.port();
  }

  public String fingerprint() {
    return fingerprint;
  }

  public boolean trust() {
    return trust;
  }

  public String name() {
    return name;
  }

  public String code() {
    return code;
  }

  public boolean register() {
    return register || !invitation.isEmpty();
  }

  public String invitation() {
    return invitation;
  }

  public @Nullable Path profile() {
    return profile;
  }

  public @Nullable Path passwordFile() {
    return passwordFile;
  }

  public Duration timeout() {
    return Duration.ofSeconds(timeout);
  }

  /** Pipes and the like, which have no place on the disk, are as private as who made them. */
  private static void refuseIfOpen(Path file) throws CliException, IOException {
    PosixFileAttributeView posix = Files.getFileAttributeView(file, PosixFileAttributeView.class);
    if (posix == null || !Files.isRegularFile(file)) {
      return;
    }
    boolean open =
        posix.readAttributes().permissions().stream()
            .anyMatch(each -> !each.name().startsWith("OWNER_"));
    if (open) {
      throw new CliException(
          Exit.REFUSED,
          "the password file " + file + " is open to others; run: chmod 600 '" + file + "'");
    }
  }

  /** The password of the account. */
  public String password() throws CliException {
    Path file = passwordFile;
    if (file == null) {
      if (passwordFromEnvironment.isEmpty()) {
        throw CliException.usage(
            "a password is needed: give --password-file FILE or set " + PASSWORD_VARIABLE);
      }
      return passwordFromEnvironment;
    }
    return password(file);
  }

  /** The password in a file that nobody else can read: its first line. */
  public static String password(Path file) throws CliException {
    try {
      refuseIfOpen(file);
      return Files.readString(file).lines().findFirst().orElse("");
    } catch (IOException e) {
      throw new CliException(Exit.REFUSED, "the password file " + file + " can't be read");
    }
  }
}
