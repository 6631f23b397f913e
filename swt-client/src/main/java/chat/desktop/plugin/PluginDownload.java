// SPDX-License-Identifier: Apache-2.0
package chat.desktop.plugin;

import chat.client.disk.PrivateFiles;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Fetches a plug-in from an address that the user has typed. */
public final class PluginDownload {
  private static final Duration CONNECT = Duration.ofSeconds(15);
  private static final Duration ANSWER = Duration.ofSeconds(60);
  private static final int GOOD = 200;

  private PluginDownload() {}

  /**
   * Fetches a file; a page of the web is asked for over TLS only, unless it is on this machine.
   *
   * @param target is replaced
   */
  public static Path fetch(String address, Path target) throws PluginException {
    URI uri = uri(address);
    Path folder = target.toAbsolutePath().getParent();
    try (HttpClient client =
        HttpClient.newBuilder()
            .connectTimeout(CONNECT)
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build()) {
      HttpRequest request = HttpRequest.newBuilder(uri).timeout(ANSWER).build();
      HttpResponse<InputStream> response =
          client.send(request, HttpResponse.BodyHandlers.ofInputStream());
      try (InputStream in = response.body()) {
        if (response.statusCode() != GOOD) {
          throw new PluginException(
              Trouble.Kind.UNREADABLE, address + ": " + response.statusCode());
        }
        if (folder != null) {
          PrivateFiles.createFolder(folder);
        }
        Files.deleteIfExists(target);
        Files.createFile(target, PrivateFiles.ofFile(target));
        try (OutputStream out = Files.newOutputStream(target)) {
          copy(in, out, address);
        }
      }
      return target;
    } catch (IOException e) {
      throw new PluginException(Trouble.Kind.UNREADABLE, address + ": " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PluginException(Trouble.Kind.UNREADABLE, address);
    }
  }

  private static URI uri(String address) throws PluginException {
    try {
      URI uri = URI.create(address.strip());
      String host = String.valueOf(uri.getHost());
      boolean here = host.equals("localhost") || host.equals("127.0.0.1") || host.equals("[::1]");
      if ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()) && here) {
        return uri;
      }
    } catch (IllegalArgumentException e) {
      // It is no address.
    }
    throw new PluginException(Trouble.Kind.UNREADABLE, address + " (https://…)");
  }

  /** No more is taken than a plug-in may be large. */
  private static void copy(InputStream in, OutputStream out, String address)
      throws IOException, PluginException {
    byte[] buffer = new byte[1 << 16];
    long bytes = 0;
    for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
      bytes += read;
      if (bytes > PluginFile.LARGEST) {
        throw new PluginException(Trouble.Kind.TOO_LARGE, address);
      }
      out.write(buffer, 0, read);
    }
  }
}
