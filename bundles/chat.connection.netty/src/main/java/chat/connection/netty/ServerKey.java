// SPDX-License-Identifier: Apache-2.0
package chat.connection.netty;

import io.netty.handler.ssl.JdkSslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.HexFormat;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;

/**
 * The key the server shows and the fingerprint by which clients know it.
 *
 * @param fingerprint SHA-256 of the public key (SubjectPublicKeyInfo) in lower-case hex
 */
record ServerKey(SSLContext context, String fingerprint) {
  /** Key exchanges that cost little; a finite field of 8,192 bits takes 50 ms of an event loop. */
  private static final String[] GROUPS = {"x25519", "secp256r1", "secp384r1"};

  private static final String[] PROTOCOLS = {"TLSv1.3"};

  /** The cheapest first. */
  private static final String[] CIPHERS = {
    "TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256"
  };

  /** Guards nothing: the file's permissions do. PKCS #12 wants one all the same. */
  private static final String STORE_PASSWORD = "chatroom";

  /** The operator's own certificate. */
  static ServerKey ofPem(Path chain, Path key) throws IOException, GeneralSecurityException {
    requireReadable(chain, "certificate");
    requireReadable(key, "key");
    KeyFile.requirePrivate(key);
    try (var in = Files.newInputStream(chain)) {
      Certificate leaf = CertificateFactory.getInstance("X.509").generateCertificate(in);
      JdkSslContext context =
          (JdkSslContext)
              SslContextBuilder.forServer(chain.toFile(), key.toFile())
                  .sslProvider(SslProvider.JDK)
                  .build();
      return new ServerKey(context.context(), fingerprint(leaf));
    } catch (IllegalArgumentException e) {
      throw new GeneralSecurityException(
          "certificate " + chain + " and key " + key + " can't be used: " + e.getMessage(), e);
    }
  }

  /** The self-signed key in this file, made if it is not there. */
  static ServerKey selfSigned(Path file) throws IOException, GeneralSecurityException {
    KeyFile files = new KeyFile(file);
    files.prepare(STORE_PASSWORD);
    requireReadable(file, "self-signed key");
    KeyFile.requirePrivate(file);
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (var in = Files.newInputStream(file)) {
      store.load(in, STORE_PASSWORD.toCharArray());
    } catch (IOException e) {
      throw new IOException(
          "the TLS key " + file + " is damaged (" + e.getMessage() + ")" + files.orAnother(), e);
    }
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, STORE_PASSWORD.toCharArray());
    String fingerprint = fingerprint(store.getCertificate(store.aliases().nextElement()));
    // Netty's own builder would read the certificates that the JDK trusts and test key managers.
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), new TrustManager[0], null);
    files.announce(fingerprint);
    return new ServerKey(context, fingerprint);
  }

  /** For one connection. */
  SSLEngine newEngine() {
    SSLEngine engine = context.createSSLEngine();
    engine.setUseClientMode(false);
    SSLParameters parameters = engine.getSSLParameters();
    parameters.setProtocols(PROTOCOLS);
    parameters.setCipherSuites(CIPHERS);
    parameters.setNamedGroups(GROUPS);
    engine.setSSLParameters(parameters);
    return engine;
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
}
