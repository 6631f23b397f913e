// SPDX-License-Identifier: Apache-2.0
package chat.seed;

/** What is imported, in its order. */
enum Kind {
  PEOPLE("people"),
  FRIENDS("friends"),
  TEXTS("texts"),
  FILES("files"),
  PRIVATE("private texts"),
  ORDER("put in order");

  private final String shown;

  Kind(String shown) {
    this.shown = shown;
  }

  @Override
  public String toString() {
    return shown;
  }
}
