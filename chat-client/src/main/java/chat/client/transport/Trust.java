// SPDX-License-Identifier: Apache-2.0
package chat.client.transport;

import chat.client.Link;
import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.Locale;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Decides about a server's key while the TLS handshake goes on, before a word of ours is sent.
 *
 * <p>A pinned key must be shown, whatever else the certificate says. With nothing pinned, a chain
 * that the default trust store vouches for and that matches the host is good; any other one is for
 * the user to decide.
 */
public final class Trust {
  private static final String[] PROTOCOLS = {"TLSv1.3"};
  private static final int FINGERPRINT = 64;

  private final SSLContext context;
  private final String pinned;

  /**
   * @param pinned the fingerprint; empty if there is none
   */
  public Trust(String pinned) {
    this.pinned = pinned;
    try {
      context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {new Decision(pinned)}, null);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no TLS", e);
    }
  }

  /** The fingerprint of the key that must be shown; empty if there is none. */
  public String pinned() {
    return pinned;
  }

  /** SHA-256 of the public key in lower-case hex. */
  public static String fingerprint(X509Certificate certificate) {
    try {
      byte[] key = certificate.getPublicKey().getEncoded();
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(key));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * The usual form of a fingerprint.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static String normal(String fingerprint) {
    String plain = fingerprint.strip().replace(":", "").toLowerCase(Locale.ROOT);
    if (plain.length() != FINGERPRINT || !plain.chars().allMatch(HexFormat::isHexDigit)) {
      throw new IllegalArgumentException("a fingerprint has 64 hex digits: " + fingerprint);
    }
    return plain;
  }

  /**
   * Agrees on keys over a connected socket.
   *
   * @throws UntrustedException if the server's key is not one to talk to
   */
  SSLSocket secure(Socket raw, String host, int port) throws IOException {
    SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(raw, host, port, true);
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setProtocols(PROTOCOLS);
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    socket.setSSLParameters(parameters);
    try {
      socket.startHandshake();
      return socket;
    } catch (SSLException e) {
      for (Throwable cause = e; cause != null; cause = cause.getCause()) {
        if (cause instanceof KeyException key) {
          throw new UntrustedException(key.link);
        }
      }
      throw e;
    }
  }

  private static final class KeyException extends CertificateException {
    private static final long serialVersionUID = 1;
    private final transient Link link;

    KeyException(Link link) {
      this.link = link;
    }
  }

  private static final class Decision extends X509ExtendedTrustManager {
    private final String pinned;

    Decision(String pinned) {
      this.pinned = pinned;
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
        throws CertificateException {
      String shown = fingerprint(chain[0]);
      if (pinned.isEmpty()) {
        try {
          authorities().checkServerTrusted(chain, type, socket);
        } catch (GeneralSecurityException e) {
          throw new KeyException(new Link.Untrusted(shown));
        }
      } else if (!pinned.equals(shown)) {
        throw new KeyException(new Link.KeyChanged(pinned, shown));
      }
    }

    private static X509ExtendedTrustManager authorities() throws GeneralSecurityException {
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init((KeyStore) null);
      for (TrustManager one : factory.getTrustManagers()) {
        if (one instanceof X509ExtendedTrustManager authorities) {
          return authorities;
        }
      }
      throw new CertificateException("there is no default trust store");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
        throws CertificateException {
      throw new CertificateException("only sockets are checked");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type)
        throws CertificateException {
      throw new CertificateException("only sockets are checked");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
        throws CertificateException {
      throw new CertificateException("this is a client");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
        throws CertificateException {
      throw new CertificateException("this is a client");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type)
        throws CertificateException {
      throw new CertificateException("this is a client");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
