// SPDX-License-Identifier: Apache-2.0
package chat.storage.plain;

import chat.storage.ChatStore;
import chat.storage.StorageException;
import java.nio.file.Path;
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

/** Opens the store that a configuration names and offers it as a service. */
@Component(
    service = {},
    immediate = true,
    configurationPid = "chat.storage.plain",
    configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = PlainStorage.Config.class, factory = true)
public final class PlainStorage {

  /** What can be configured. */
  @ObjectClassDefinition(name = "Storage in plain files")
  public @interface Config {

    @AttributeDefinition(description = "The name under which the store is chosen")
    String name() default "plain";

    @AttributeDefinition(description = "The folder of the data, relative to chat.data")
    String folder() default "store-plain";
  }

  private final ChatStore store;
  private final ServiceRegistration<ChatStore> registration;

  /** Opens the store; this only reads. */
  @Activate
  public PlainStorage(BundleContext context, Config config) throws StorageException {
    Path data = Path.of(String.valueOf(context.getProperty("chat.data")));
    store = PlainChatStore.open(data.resolve(config.folder()), InstantSource.system());
    Dictionary<String, Object> properties = new Hashtable<>();
    properties.put("chat.storage.engine", "plain");
    properties.put("chat.storage.name", config.name());
    registration = context.registerService(ChatStore.class, store, properties);
  }

  @Deactivate
  void deactivate() {
    registration.unregister();
    store.close();
  }
}
