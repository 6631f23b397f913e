// SPDX-License-Identifier: Apache-2.0
package chat.operations;

import java.util.List;

/**
 * Accounts in the order of their names.
 *
 * @param more whether there are others behind them
 */
public record AccountPage(List<AccountInfo> accounts, boolean more) {
  public AccountPage {
    accounts = List.copyOf(accounts);
  }
}
