// SPDX-License-Identifier: Apache-2.0
/** Texts as they are shown: markup, languages, formats of times and sizes, emoji, excerpts. */
@org.jspecify.annotations.NullMarked
package chat.desktop.model.text;
