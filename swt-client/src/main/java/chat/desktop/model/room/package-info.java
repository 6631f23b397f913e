// SPDX-License-Identifier: Apache-2.0
/** One room as it is shown: its state, its transcript with the heights of rows, what is marked. */
@org.jspecify.annotations.NullMarked
package chat.desktop.model.room;
