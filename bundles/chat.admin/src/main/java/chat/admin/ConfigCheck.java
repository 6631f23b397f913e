// SPDX-License-Identifier: Apache-2.0
package chat.admin;

import java.io.IOException;
import java.lang.reflect.Array;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.metatype.AttributeDefinition;
import org.osgi.service.metatype.MetaTypeInformation;
import org.osgi.service.metatype.MetaTypeService;
import org.osgi.service.metatype.ObjectClassDefinition;

/**
 * Compares every configuration with what the bundles say they understand: a key that nobody knows,
 * a value of the wrong type or out of its range is told with file, key, value and what is allowed.
 */
record ConfigCheck(
    BundleContext bundles, ConfigurationAdmin configurations, MetaTypeService types) {
  private static final Set<String> ALWAYS =
      Set.of("service.pid", "service.factoryPid", "felix.fileinstall.filename");

  List<String> problems() {
    Map<String, ObjectClassDefinition> known = known();
    List<String> problems = new ArrayList<>();
    for (Configuration configuration : all()) {
      String pid =
          configuration.getFactoryPid() == null
              ? configuration.getPid()
              : configuration.getFactoryPid();
      Map<String, Object> values = values(configuration);
      String file = file(values, configuration.getPid());
      ObjectClassDefinition definition = known.get(pid);
      if (definition == null) {
        problems.add(
            file + ": nobody has a configuration " + pid + "; there are " + known.keySet());
      } else {
        check(file, values, definition, problems);
      }
    }
    return problems;
  }

  private static void check(
      String file,
      Map<String, Object> values,
      ObjectClassDefinition definition,
      List<String> problems) {
    Map<String, AttributeDefinition> attributes = new TreeMap<>();
    for (AttributeDefinition each : definition.getAttributeDefinitions(ObjectClassDefinition.ALL)) {
      attributes.put(each.getID(), each);
    }
    values.forEach((key, value) -> {
      AttributeDefinition attribute = attributes.get(key);
      if (ALWAYS.contains(key)) {
        return;
      }
      if (attribute == null) {
        problems.add(file + ": there is no key " + key + "; there are " + attributes.keySet());
        return;
      }
      for (Object element : elements(value)) {
        String why = attribute.validate(String.valueOf(element));
        if (why != null && !why.isEmpty()) {
          problems.add(
              file + ": " + key + "=" + element + " is not allowed: " + allowed(attribute));
        }
      }
    });
  }

  private static List<Object> elements(Object value) {
    if (!value.getClass().isArray()) {
      return List.of(value);
    }
    List<Object> elements = new ArrayList<>();
    for (int i = 0; i < Array.getLength(value); i++) {
      elements.add(Array.get(value, i));
    }
    return elements;
  }

  private static String allowed(AttributeDefinition attribute) {
    String[] options = attribute.getOptionValues();
    return attribute.getDescription() + (options == null ? "" : " " + Arrays.toString(options));
  }

  private Map<String, ObjectClassDefinition> known() {
    Map<String, ObjectClassDefinition> known = new TreeMap<>();
    for (Bundle bundle : bundles.getBundles()) {
      MetaTypeInformation information = types.getMetaTypeInformation(bundle);
      if (information != null && bundle.getSymbolicName().startsWith("chat.")) {
        Set<String> pids = new TreeSet<>(Arrays.asList(information.getPids()));
        pids.addAll(Arrays.asList(information.getFactoryPids()));
        for (String pid : pids) {
          known.put(pid, information.getObjectClassDefinition(pid, null));
        }
      }
    }
    return known;
  }

  private List<Configuration> all() {
    try {
      Configuration[] all = configurations.listConfigurations("(service.pid=chat.*)");
      return all == null ? List.of() : List.of(all);
    } catch (IOException | InvalidSyntaxException e) {
      throw new IllegalStateException("the configurations can't be listed", e);
    }
  }

  private static Map<String, Object> values(Configuration configuration) {
    Map<String, Object> values = new TreeMap<>();
    for (String key : Collections.list(configuration.getProperties().keys())) {
      values.put(key, configuration.getProperties().get(key));
    }
    return values;
  }

  private static String file(Map<String, Object> values, String pid) {
    Object file = values.get("felix.fileinstall.filename");
    String path = String.valueOf(file);
    return file == null
        ? pid
        : String.valueOf(Path.of(path.replaceFirst("^file:", "")).getFileName());
  }
}
