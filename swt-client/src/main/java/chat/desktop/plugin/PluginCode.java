// SPDX-License-Identifier: Apache-2.0
package chat.desktop.plugin;

import java.util.Map;
import java.util.Optional;
import org.eclipse.swt.SWTException;

/** Tells by the names of classes whose code is at work. */
record PluginCode(Map<String, PluginFile> running) {

  /** Whose code a thread is in, or a fault came out of, if it is a plug-in's. */
  Optional<String> owner(StackTraceElement[] trace) {
    for (StackTraceElement frame : trace) {
      for (PluginFile plugin : running.values()) {
        if (plugin.classes().contains(frame.getClassName())) {
          return Optional.of(plugin.id());
        }
      }
    }
    return Optional.empty();
  }

  /** Where in the code of a plug-in a thread is. */
  String place(String plugin, StackTraceElement[] trace) {
    PluginFile file = running.get(plugin);
    for (StackTraceElement frame : trace) {
      if (file != null && file.classes().contains(frame.getClassName())) {
        return frame.toString();
      }
    }
    return "";
  }

  /** What SWT has wrapped on its way to the loop of the windows. */
  static Throwable cause(Throwable fault) {
    Throwable inner = fault;
    while (inner instanceof SWTException && inner.getCause() != null) {
      inner = inner.getCause();
    }
    return inner;
  }
}
