// SPDX-License-Identifier: Apache-2.0
/** One account as it is shown: its rooms and people, what can be done with them, and the way in. */
@org.jspecify.annotations.NullMarked
package chat.desktop.model.app;
