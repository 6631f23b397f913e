// SPDX-License-Identifier: Apache-2.0
package chat.connection.netty;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;

/**
 * The key the server shows and the fingerprint by which clients know it.
 *
 * @param fingerprint SHA-256 of the public key (SubjectPublicKeyInfo) in lower-case hex
 */
record ServerKey(SslContext context, String fingerprint) {
  /** Key exchanges that cost little; a finite field of 8,192 bits takes 50 ms of an event loop. */
  static final String[] GROUPS = {"x25519", "secp256r1", "secp384r1"};

  private static final String PROTOCOL = "TLSv1.3";

  /** Guards nothing: the file's permissions do. PKCS #12 wants one all the same. */
  private static final String STORE_PASSWORD = "chatroom";

  /** The operator's own certificate. */
  static ServerKey ofPem(Path chain, Path key) throws IOException, GeneralSecurityException {
    requireReadable(chain, "certificate");
    requireReadable(key, "key");
    try (var in = Files.newInputStream(chain)) {
      Certificate leaf = CertificateFactory.getInstance("X.509").generateCertificate(in);
      return new ServerKey(
          build(SslContextBuilder.forServer(chain.toFile(), key.toFile())), fingerprint(leaf));
    } catch (IllegalArgumentException e) {
      throw new GeneralSecurityException(
          "certificate " + chain + " and key " + key + " can't be used: " + e.getMessage(), e);
    }
  }

  /** The self-signed key in this file, made if it is not there. */
  static ServerKey selfSigned(Path file) throws IOException, GeneralSecurityException {
    if (Files.notExists(file)) {
      make(file);
    }
    requireReadable(file, "self-signed key");
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (var in = Files.newInputStream(file)) {
      store.load(in, STORE_PASSWORD.toCharArray());
    } catch (IOException e) {
      throw new IOException(
          "the TLS key "
              + file
              + " is damaged ("
              + e.getMessage()
              + "); put its backup back, or remove it for a new key, which every client will be"
              + " asked to trust",
          e);
    }
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, STORE_PASSWORD.toCharArray());
    String alias = store.aliases().nextElement();
    return new ServerKey(
        build(SslContextBuilder.forServer(keys)), fingerprint(store.getCertificate(alias)));
  }

  private static SslContext build(SslContextBuilder builder) throws IOException {
    return builder.sslProvider(SslProvider.JDK).protocols(List.of(PROTOCOL)).build();
  }

  private static String fingerprint(Certificate certificate) throws GeneralSecurityException {
    byte[] key = certificate.getPublicKey().getEncoded();
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(key));
  }

  private static void requireReadable(Path file, String what) throws IOException {
    if (!Files.isReadable(file)) {
      throw new IOException(
          "the " + what + " file " + file + " can't be read; check its path and owner");
    }
  }

  /** The JDK's own keytool makes it: no library is needed for what happens once. */
  private static void make(Path file) throws IOException {
    Path folder =
        Files.createDirectories(
            file.toAbsolutePath().getParent(),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    Path fresh = folder.resolve("." + file.getFileName() + ".new");
    Files.deleteIfExists(fresh);
    String host = InetAddress.getLoopbackAddress().getHostName();
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-J-XX:TieredStopAtLevel=1",
                "-genkeypair",
                "-alias",
                "chatroom",
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-dname",
                "CN=Chatroom server",
                "-ext",
                "san=dns:" + host + ",ip:127.0.0.1",
                "-validity",
                "7300",
                "-storetype",
                "PKCS12",
                "-storepass",
                STORE_PASSWORD,
                "-keystore",
                fresh.toString())
            .redirectErrorStream(true)
            .start();
    try (var out = keytool.inputReader()) {
      String said = out.readAllAsString();
      if (!keytool.waitFor(30, TimeUnit.SECONDS) || keytool.exitValue() != 0) {
        keytool.destroyForcibly();
        throw new IOException("keytool could not make the TLS key " + file + ": " + said.strip());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while the TLS key was made", e);
    }
    Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rw-------"));
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
  }
}
