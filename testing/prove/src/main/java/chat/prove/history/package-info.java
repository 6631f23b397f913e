// SPDX-License-Identifier: Apache-2.0
/**
 * What was said and acknowledged, held against what is stored and heard; and what was wrong with
 * it.
 */
@org.jspecify.annotations.NullMarked
package chat.prove.history;
