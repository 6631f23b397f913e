// SPDX-License-Identifier: Apache-2.0
package chat.desktop.model.platform;

/** Which colours the user wants. */
public enum ThemeChoice {
  LIGHT,
  DARK,
  SYSTEM
}
