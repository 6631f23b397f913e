// SPDX-License-Identifier: Apache-2.0
/** Colours blocks of code by RSyntaxTextArea, which knows the languages. */
@org.jspecify.annotations.NullMarked
package chat.example.highlighting;
