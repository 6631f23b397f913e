// SPDX-License-Identifier: Apache-2.0
/**
 * The words of the original Python client, so that it can chat here unchanged, beside the others.
 *
 * <p>A frame is a header, two line feeds and a body. The client takes whatever one read of at most
 * 1,024 bytes brings for one frame, so every frame has exactly 1,024 bytes wherever it ignores some
 * of them: blanks behind the code or leading zeros of a length fill it up. Before it has its
 * history nothing may come that it did not ask for.
 *
 * <pre>
 *            101             the answer to 5
 *   DOOR ─────────► FILLING ────────────────► LIVE
 *   1, 2            4, 0, 98, 8, 5            everything; news are pushed
 * </pre>
 *
 * <p>One request is in work at a time: it is a {@link chat.protocol.classic.Task} after the other,
 * each of them one command. All that is remembered is in {@link chat.protocol.classic.Memory}.
 * {@code docs/classic.md} has the table from its words to ours.
 */
@org.jspecify.annotations.NullMarked
package chat.protocol.classic;
