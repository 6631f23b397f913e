// SPDX-License-Identifier: Apache-2.0
package chat.protocol;

/**
 * Somebody: the account, which stays, and how it is shown.
 *
 * @param name unique; others find the account by it
 * @param display what to show instead of the name; empty if there is nothing else to show
 * @param picture 0 for none, else a number that changes with each new picture
 */
public record Person(long account, String name, String display, long picture) {

  /** Somebody who is shown by name alone. */
  public Person(long account, String name) {
    this(account, name, "", 0);
  }

  /** What people read. */
  public String shown() {
    return display.isEmpty() ? name : display;
  }
}
