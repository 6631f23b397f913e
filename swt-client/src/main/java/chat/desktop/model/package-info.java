// SPDX-License-Identifier: Apache-2.0
/**
 * What the windows show and what their controls do, without a widget in sight. Everything here
 * belongs to one thread, the one that owns the windows; {@link chat.desktop.model.platform.Hop} is
 * the only door into it.
 */
@org.jspecify.annotations.NullMarked
package chat.desktop.model;
