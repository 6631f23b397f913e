// SPDX-License-Identifier: Apache-2.0
package chat.server;

import chat.storage.ChatStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/** A store with a test in front of it. */
public final class InterceptingStore {
  private InterceptingStore() {}

  /** What a test does with each call. */
  public interface Guard {
    /** Gives the store's answer, or another one. */
    Object on(String method, Object[] arguments, Call call) throws Throwable;
  }

  /** The call, as it goes to the store. */
  public interface Call {
    Object goOn() throws Throwable;
  }

  public static ChatStore store(ChatStore store, Guard guard) {
    return (ChatStore)
        Proxy.newProxyInstance(
            ChatStore.class.getClassLoader(),
            new Class<?>[] {ChatStore.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "equals" -> proxy == arguments[0];
                  case "hashCode" -> System.identityHashCode(proxy);
                  default ->
                      guard.on(
                          method.getName(),
                          arguments,
                          () -> {
                            try {
                              return method.invoke(store, arguments);
                            } catch (InvocationTargetException e) {
                              throw e.getCause();
                            }
                          });
                });
  }
}
