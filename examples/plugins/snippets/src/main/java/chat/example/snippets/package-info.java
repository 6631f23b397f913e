// SPDX-License-Identifier: Apache-2.0
/** Texts that are written often: in a pane, behind {@code /snippet}, and edited on a page. */
@org.jspecify.annotations.NullMarked
package chat.example.snippets;
