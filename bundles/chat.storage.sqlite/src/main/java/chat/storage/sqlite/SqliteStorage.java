// SPDX-License-Identifier: Apache-2.0
package chat.storage.sqlite;

import chat.storage.ChatStore;
import chat.storage.StorageException;
import chat.storage.support.CheckedChatStore;
import java.nio.file.Path;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Opens a store that a configuration names and offers it as a service. */
@Component(
    service = {},
    immediate = true,
    configurationPid = SqliteStorage.PID,
    configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = SqliteStorage.Config.class, factory = true)
public final class SqliteStorage {
  static final String PID = "chat.storage.sqlite";

  /** What can be configured. */
  @ObjectClassDefinition(name = "Storage on SQLite")
  public @interface Config {

    /** By this the operator and the server's configuration call the store. */
    @AttributeDefinition(description = "The name of this store, another one for each")
    String name() default "sqlite";

    /** Relative to the framework property {@code chat.data}. */
    @AttributeDefinition(description = "The folder of the data, relative to chat.data")
    String folder();
  }

  private final Opening opening;

  /** Opens the store; this only reads. */
  @Activate
  public SqliteStorage(BundleContext context, Config config) throws StorageException {
    Path folder = folder(config.folder(), context.getProperty("chat.data"));
    Dictionary<String, Object> properties = new Hashtable<>();
    properties.put("chat.storage.engine", "sqlite");
    // fault-point: store-name
    properties.put("chat.storage.name", config.name());
    properties.put("chat.storage.folder", folder.toString());
    opening =
        new Opening(
            folder,
            store ->
                context.registerService(ChatStore.class, new CheckedChatStore(store), properties)
                    ::unregister,
            why -> context.registerService(Supplier.class, () -> why, waiting(why))::unregister);
  }

  /** By this whoever exchanges stores knows at once that there is none, and why. */
  private static Dictionary<String, Object> waiting(String why) {
    Dictionary<String, Object> properties = new Hashtable<>();
    properties.put("chat.storage.waiting", why);
    return properties;
  }

  static Path folder(@Nullable String folder, @Nullable String data) {
    if (folder == null || folder.isBlank()) {
      throw new IllegalArgumentException(
          "configuration " + PID + ": 'folder' is missing; it is the folder of the data");
    }
    return Path.of(data == null ? "data" : data).resolve(folder).toAbsolutePath().normalize();
  }

  @Deactivate
  void deactivate() {
    opening.close();
  }
}
