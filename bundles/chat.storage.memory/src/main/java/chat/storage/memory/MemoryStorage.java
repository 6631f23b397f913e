package chat.storage.memory;

import chat.storage.ChatStore;
import java.time.InstantSource;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.Map;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;

/** Offers a {@link MemoryChatStore} as a service while there is a configuration for it. */
@Component(
    service = {},
    immediate = true,
    configurationPid = MemoryStorage.PID,
    configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class MemoryStorage {
  static final String PID = "chat.storage.memory";

  private final ChatStore store = new MemoryChatStore(new MemoryDisk(), InstantSource.system());
  private final ServiceRegistration<ChatStore> registration;

  /** Offers an empty store. */
  @Activate
  public MemoryStorage(BundleContext context, Map<String, Object> configuration) {
    checkKeys(configuration);
    Dictionary<String, Object> properties = new Hashtable<>();
    properties.put("chat.storage.engine", "memory");
    registration = context.registerService(ChatStore.class, store, properties);
  }

  static void checkKeys(Map<String, Object> configuration) {
    for (String key : configuration.keySet()) {
      if (!key.startsWith("service.")
          && !key.startsWith("component.")
          && !key.startsWith("felix.fileinstall.")) {
        throw new IllegalArgumentException(
            "configuration " + PID + ": unknown key '" + key + "'; it has no keys of its own");
      }
    }
  }

  @Deactivate
  void deactivate() {
    registration.unregister();
    store.close();
  }
}
