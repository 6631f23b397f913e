// SPDX-License-Identifier: Apache-2.0
/**
 * Measurements of the assembled server, as ratios to a minimal NIO fan-out that is measured in the
 * same run on the same machine: figures of one machine say nothing about another.
 */
@org.jspecify.annotations.NullMarked
package chat.bench;
