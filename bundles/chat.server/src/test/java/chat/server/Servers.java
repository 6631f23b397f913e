// SPDX-License-Identifier: Apache-2.0
package chat.server;

import chat.operations.AuditLog;
import chat.server.base.MasterKey;
import chat.server.base.ServerConfig;
import chat.server.extension.TextHooks;
import chat.server.session.Formats;
import chat.server.session.SessionContext;
import chat.server.store.ActiveStore;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import javax.crypto.spec.SecretKeySpec;

/** Servers that nobody has configured. */
public final class Servers {
  private Servers() {}

  static ChatServer on(Path folder, ActiveStore store, Formats formats) throws Exception {
    return on(folder, store, formats, Map.of());
  }

  static ChatServer on(
      Path folder, ActiveStore store, Formats formats, Map<String, Object> configured)
      throws Exception {
    return on(folder, store, formats, configured, InstantSource.system());
  }

  static ChatServer on(
      Path folder,
      ActiveStore store,
      Formats formats,
      Map<String, Object> configured,
      InstantSource clock)
      throws Exception {
    return on(folder, store, formats, configured, (action, details) -> {}, clock);
  }

  static ChatServer on(
      Path folder,
      ActiveStore store,
      Formats formats,
      Map<String, Object> configured,
      AuditLog audit,
      InstantSource clock)
      throws Exception {
    MasterKey key = new MasterKey(new SecretKeySpec(new byte[32], "AES"), folder, changed -> {});
    return ChatServer.start(
        config(configured),
        store,
        new SessionContext.Providers(formats, new TextHooks()),
        Loaded.read(store, key),
        key,
        audit,
        clock);
  }

  /** What is not named is as it is by default. */
  public static ServerConfig config(Map<String, Object> configured) {
    return (ServerConfig)
        Proxy.newProxyInstance(
            ServerConfig.class.getClassLoader(),
            new Class<?>[] {ServerConfig.class},
            (proxy, method, arguments) ->
                configured.getOrDefault(method.getName(), method.getDefaultValue()));
  }
}
