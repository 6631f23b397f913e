// SPDX-License-Identifier: Apache-2.0
/** A hook that hides or refuses words. */
@org.jspecify.annotations.NullMarked
package chat.example.wordfilter;
