// SPDX-License-Identifier: Apache-2.0
package chat.admin.client;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * A store that is there.
 *
 * @param mode {@code active}, {@code standby}, {@code retired}, {@code unfinished-copy}, {@code
 *     empty} or {@code unreadable}
 */
public record StoreReport(String name, String engine, String mode, String description, Json json) {

  static List<StoreReport> all(Json result) {
    return result.objects("stores").stream()
        .map(each ->
            new StoreReport(
                each.text("name"),
                each.text("engine"),
                each.text("mode"),
                each.text("description"),
                each))
        .toList();
  }

  public boolean isActive() {
    return mode.equals("active");
  }

  /** The name of the store in use, if one is. */
  public static Optional<String> active(AdminClient client) throws IOException {
    return client.stores().stream()
        .filter(StoreReport::isActive)
        .map(StoreReport::name)
        .findFirst();
  }
}
