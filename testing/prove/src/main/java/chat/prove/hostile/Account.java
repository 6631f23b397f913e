// SPDX-License-Identifier: Apache-2.0
package chat.prove.hostile;

/** Somebody with an account; the token is worth as much as the password. */
record Account(String name, byte[] token) {
  /** Of everybody here; original clients take it as well. */
  static final String PASSWORD = "battery4staple";

  static final String WRONG = "battery5staple";
}
