// SPDX-License-Identifier: Apache-2.0
/** A first plug-in; docs/plugins.md says what to do with it. */
@org.jspecify.annotations.NullMarked
package chat.example.template;
