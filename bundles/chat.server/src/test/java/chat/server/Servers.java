package chat.server;

import java.lang.reflect.Proxy;
import java.time.InstantSource;
import java.util.Map;
import javax.crypto.spec.SecretKeySpec;

/** Servers that nobody has configured. */
final class Servers {
  private Servers() {}

  static ChatServer on(ActiveStore store, Formats formats) throws Exception {
    return on(store, formats, Map.of());
  }

  static ChatServer on(ActiveStore store, Formats formats, Map<String, Object> configured)
      throws Exception {
    ServerConfig config =
        (ServerConfig)
            Proxy.newProxyInstance(
                ServerConfig.class.getClassLoader(),
                new Class<?>[] {ServerConfig.class},
                (proxy, method, arguments) ->
                    configured.getOrDefault(method.getName(), method.getDefaultValue()));
    return ChatServer.start(
        config, store, formats, new SecretKeySpec(new byte[32], "AES"), InstantSource.system());
  }
}
