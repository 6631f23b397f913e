// SPDX-License-Identifier: Apache-2.0
package chat.admin.release;

import chat.operations.OperationException;
import chat.operations.OperationException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Whether code is what its maker let go. A release has a list of its files' digests, {@code
 * SHA256SUMS}; what stands in it must fit. Where the operator has put the maker's public keys, what
 * is not in a list signed by one of them is refused. What this server itself kept in {@code
 * previous/} went through this before.
 *
 * @param keys the file of Ed25519 public keys in PEM; there need be none
 * @param previous the folder of what ran before
 */
public record ReleaseCheck(Path keys, Path previous) {
  public static final String SUMS = "SHA256SUMS";
  public static final String SIGNATURE = SUMS + ".sig";

  private static final Pattern LINE = Pattern.compile("([0-9a-fA-F]{64}) [ *](.+)");
  private static final Pattern PEM =
      Pattern.compile("-----BEGIN PUBLIC KEY-----([^-]*)-----END PUBLIC KEY-----");

  /**
   * Checks one file.
   *
   * @param offered as the operator named it, beside whose release the list stands
   * @param copy what is really going to run, which nobody else can change meanwhile
   * @return its SHA-256 in hex
   * @throws OperationException if it is not what it should be
   */
  public String check(Path offered, Path copy) throws OperationException, IOException {
    String digest = digest(copy);
    Path file = offered.toRealPath();
    if (Files.exists(previous) && file.startsWith(previous.toRealPath())) {
      return digest;
    }
    Optional<Path> release = release(file);
    boolean mustBeSigned = Files.exists(keys);
    if (release.isEmpty()) {
      if (mustBeSigned) {
        throw refused(
            offered + " comes without " + SUMS + ", but " + keys + " asks for a signed one");
      }
      return digest;
    }
    Path list = release.get().resolve(SUMS);
    byte[] sums = Files.readAllBytes(list);
    if (mustBeSigned) {
      checkSignature(list, sums);
    }
    String relative = release.get().relativize(file).toString().replace('\\', '/');
    @Nullable String expected = digests(sums).get(relative);
    if (expected == null && mustBeSigned) {
      throw refused(relative + " does not stand in " + list);
    }
    if (expected != null && !expected.equals(digest)) {
      throw refused(
          "%s has the SHA-256 %s, but %s says %s".formatted(offered, digest, list, expected));
    }
    return digest;
  }

  /** The folder with the list: that of the file, or the release that it is a part of. */
  private static Optional<Path> release(Path file) {
    Path folder = file.getParent();
    for (int up = 0; up < 3 && folder != null; up++) {
      if (Files.isRegularFile(folder.resolve(SUMS))) {
        return Optional.of(folder);
      }
      folder = folder.getParent();
    }
    return Optional.empty();
  }

  private static Map<String, String> digests(byte[] sums) {
    Map<String, String> digests = new HashMap<>();
    new String(sums, StandardCharsets.UTF_8)
        .lines()
        .map(LINE::matcher)
        .filter(Matcher::matches)
        .forEach(line ->
            digests.put(
                line.group(2).replaceFirst("^\\./", ""), line.group(1).toLowerCase(Locale.ROOT)));
    return digests;
  }

  private void checkSignature(Path list, byte[] sums) throws OperationException, IOException {
    Path file = list.resolveSibling(SIGNATURE);
    if (!Files.isRegularFile(file)) {
      throw refused(list + " is not signed: there is no " + SIGNATURE + " beside it");
    }
    try {
      byte[] signature = Base64.getMimeDecoder().decode(Files.readAllBytes(file));
      for (PublicKey key : publicKeys()) {
        if (fits(key, sums, signature)) {
          return;
        }
      }
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new OperationException(
          Reason.FAILED, keys + " or " + file + " can't be used: " + e.getMessage(), e);
    }
    throw refused(list + " is not signed by a key in " + keys);
  }

  private static boolean fits(PublicKey key, byte[] sums, byte[] signature)
      throws GeneralSecurityException {
    Signature verifier = Signature.getInstance("Ed25519");
    verifier.initVerify(key);
    verifier.update(sums);
    try {
      return verifier.verify(signature);
    } catch (java.security.SignatureException e) {
      return false; // not even of the form of one
    }
  }

  private List<PublicKey> publicKeys() throws IOException, GeneralSecurityException {
    List<PublicKey> found = new ArrayList<>();
    Matcher pem = PEM.matcher(Files.readString(keys));
    while (pem.find()) {
      byte[] encoded = Base64.getMimeDecoder().decode(pem.group(1));
      found.add(KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded)));
    }
    if (found.isEmpty()) {
      throw new GeneralSecurityException("it holds no public key in PEM");
    }
    return found;
  }

  private static OperationException refused(String why) {
    return new OperationException(Reason.FAILED, why);
  }

  public static String digest(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file);
        DigestInputStream digested =
            new DigestInputStream(in, MessageDigest.getInstance("SHA-256"))) {
      digested.transferTo(java.io.OutputStream.nullOutputStream());
      return HexFormat.of().formatHex(digested.getMessageDigest().digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
