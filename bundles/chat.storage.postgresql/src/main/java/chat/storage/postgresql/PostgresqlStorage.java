// SPDX-License-Identifier: Apache-2.0
package chat.storage.postgresql;

import chat.storage.ChatStore;
import chat.storage.support.CheckedChatStore;
import java.nio.file.Path;
import java.util.Dictionary;
import java.util.Hashtable;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Offers the store that a configuration names as a service, as soon as its database answers. */
@Component(
    service = {},
    immediate = true,
    configurationPid = PostgresqlStorage.PID,
    configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = PostgresqlStorage.Config.class, factory = true)
public final class PostgresqlStorage {
  static final String PID = "chat.storage.postgresql";

  /** What can be configured. */
  @ObjectClassDefinition(name = "Storage on PostgreSQL")
  public @interface Config {

    @AttributeDefinition(description = "The name under which the store is chosen")
    String name() default "postgresql";

    @AttributeDefinition(description = "jdbc:postgresql://host:port/database, without a password")
    String url();

    @AttributeDefinition(description = "The role to log in as, which owns the schema")
    String user() default "chatroom";

    /** Relative to the framework property {@code chat.data}. */
    @AttributeDefinition(description = "The file that holds the password; empty if none is needed")
    String passwordFile() default "";

    @AttributeDefinition(description = "The schema, made when it is first used")
    String schema() default "chatroom";

    @AttributeDefinition(description = "Connections for reading, 1 to 64; two more write and clean")
    int connections() default 4;
  }

  private final Opening opening;

  /** Begins to open the store. */
  @Activate
  public PostgresqlStorage(BundleContext context, Config config) {
    Dictionary<String, Object> properties = new Hashtable<>();
    properties.put("chat.storage.engine", "postgresql");
    properties.put("chat.storage.name", config.name());
    String data = context.getProperty("chat.data");
    Settings settings = Settings.of(config, Path.of(data == null ? "data" : data));
    properties.put("chat.storage.warning", Transport.warning(settings.url()));
    opening =
        new Opening(
            settings,
            store ->
                context.registerService(ChatStore.class, new CheckedChatStore(store), properties)
                    ::unregister);
  }

  @Deactivate
  void deactivate() {
    opening.close();
  }
}
