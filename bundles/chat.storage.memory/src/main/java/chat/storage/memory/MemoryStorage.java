// SPDX-License-Identifier: Apache-2.0
package chat.storage.memory;

import chat.storage.ChatStore;
import chat.storage.support.CheckedChatStore;
import java.time.InstantSource;
import java.util.Dictionary;
import java.util.Hashtable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Offers a {@link MemoryChatStore} as a service while there is a configuration for it. */
@Component(
    service = {},
    immediate = true,
    configurationPid = MemoryStorage.PID,
    configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = MemoryStorage.Config.class)
public final class MemoryStorage {
  static final String PID = "chat.storage.memory";

  /** What can be configured. */
  @ObjectClassDefinition(name = "The store in memory, for tests")
  @interface Config {
    @AttributeDefinition(description = "The name under which the server's configuration chooses it")
    String engine() default "memory";
  }

  private final ChatStore store =
      new CheckedChatStore(new MemoryChatStore(new MemoryDisk(), InstantSource.system()));
  private final ServiceRegistration<ChatStore> registration;

  /** Offers an empty store. */
  @Activate
  public MemoryStorage(BundleContext context, Config config) {
    Dictionary<String, Object> properties = new Hashtable<>();
    properties.put("chat.storage.engine", "memory");
    properties.put("chat.storage.name", config.engine());
    registration = context.registerService(ChatStore.class, store, properties);
  }

  @Deactivate
  void deactivate() {
    registration.unregister();
    store.close();
  }
}
