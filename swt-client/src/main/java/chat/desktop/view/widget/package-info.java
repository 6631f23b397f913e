// SPDX-License-Identifier: Apache-2.0
/**
 * Controls and painting that every window uses: fonts, colours, icons, lists, forms, the emoji
 * picker.
 */
@org.jspecify.annotations.NullMarked
package chat.desktop.view.widget;
